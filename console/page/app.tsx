import { useEffect, useState } from 'preact/hooks';
import type { Look, Welcome } from '../api';
import { ActView } from './act/act-view';
import { usd } from './format';
import { NowView } from './now/now-view';
import { RequestsView } from './requests/requests-view';
import { server } from './server';
import { SetUpView } from './set-up/set-up-view';
import { TimeView } from './time/time-view';
import { usePoll } from './use-poll';

/** What every view is given. */
export interface ViewProps {
  readonly welcome: Welcome;
  readonly looks: readonly Look[];
  readonly look: Look;
  readonly again: () => void;
}

const VIEWS = {
  now: ['Now', NowView],
  requests: ['Requests', RequestsView],
  time: ['Time', TimeView],
  act: ['Act', ActView],
  'set-up': ['Set up', SetUpView],
} as const;
type ViewName = keyof typeof VIEWS;

const viewOf = (hash: string): ViewName => {
  const [name = ''] = hash.slice(2).split('?');
  return Object.hasOwn(VIEWS, name) ? (name as ViewName) : 'now';
};

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return hash;
}

export function App() {
  const view = viewOf(useHash());
  const { value: welcome, problem } = usePoll(server.welcome, undefined);
  const polled = usePoll(server.now, welcome?.everyMs);
  const [wanted, setWanted] = useState<string>();
  const looks = polled.value ?? [];
  const look = looks.find(({ gateway }) => gateway === wanted) ?? looks[0];
  const [title, View] = VIEWS[view];
  const trouble = problem ?? polled.problem;
  useEffect(() => {
    document.title = `${look?.headline?.text.slice(0, 60) ?? title} · claude-failover`;
  }, [title, look?.headline?.text]);
  return (
    <>
      <header class="shell">
        <a class="brand" href="#/now" aria-label="claude-failover: to the first screen">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M1 8h4c4 0 3-5 7-5h3M5 8c4 0 3 5 7 5h3" />
          </svg>
          claude-failover
        </a>
        <nav aria-label="Views">
          {Object.entries(VIEWS).map(([name, [label]]) => (
            <a key={name} href={`#/${name}`} aria-current={name === view ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        {looks.length > 1 && (
          <div class="gateways" role="group" aria-label="Gateways">
            {looks.map(({ gateway, headline }) => (
              <button
                key={gateway}
                type="button"
                aria-pressed={gateway === look?.gateway}
                data-level={headline?.level ?? 'unknown'}
                onClick={() => setWanted(gateway)}
              >
                {gateway}
              </button>
            ))}
          </div>
        )}
      </header>
      <main class={`view-${view}`}>
        {trouble !== undefined && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {welcome && look ? (
          <View key={look.gateway} welcome={welcome} looks={looks} look={look} again={polled.again} />
        ) : (
          trouble === undefined && <p class="waiting">Looking …</p>
        )}
      </main>
      <footer class="shell">
        <p>
          {look && `${look.gateway}${look.now ? `, ${look.now.region}` : ''}. `}
          {welcome && (welcome.canOperate ? 'Acts are done from here.' : 'Read-only: start it with --operate to act.')}
        </p>
        {look && (
          <p>
            Looking costs {usd(look.cost.hourUsd)} an hour, {usd(look.cost.spentUsd)} so far; nothing while this page is
            hidden.
          </p>
        )}
      </footer>
    </>
  );
}
