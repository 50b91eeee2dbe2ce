import type { GatewayNow } from '../../view/now';
import { stretch } from '../format';
import { inkOf } from '../host-inks';

/** How it stood at one look. */
export interface Moment {
  readonly at: number;
  readonly shares: readonly (readonly [host: string, share: number])[];
  /** Of the requests, 0 to 1. */
  readonly failed: number;
}

const MOST = 180;
const [WIDTH, HEIGHT] = [720, 96];

export function remember(before: readonly Moment[], { at, links, traffic }: GatewayNow): readonly Moment[] {
  const { failed, requests } = traffic;
  const moment = {
    at,
    shares: links.filter(({ share }) => share > 0).map(({ host, share }) => [host, share] as const),
    failed: requests === 0 ? 0 : failed / requests,
  };
  return [...before.slice(1 - MOST), moment];
}

interface Props {
  readonly moments: readonly Moment[];
  readonly hosts: readonly string[];
  readonly everyMs: number;
}

/** What this page has seen since it was opened: it costs nothing more. */
export function History({ moments, hosts, everyMs }: Props) {
  const width = WIDTH / MOST;
  const began = moments[0]?.at;
  const latest = moments.at(-1);
  const served = latest?.shares.map(([host, share]) => `${host} ${Math.round(share * 100)} %`).join(', ') ?? '';
  return (
    <section class="panel history" aria-labelledby="history-title">
      <h2 id="history-title">
        Who answered <small>as this page has seen it, up to {stretch(MOST * everyMs)}</small>
      </h2>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Who answers: ${served}`}
      >
        {moments.map(({ at, shares, failed }, index) => {
          const x = WIDTH - (moments.length - index) * width;
          let y = HEIGHT;
          const bars = shares.map(([host, share]) => {
            const height = share * HEIGHT * (1 - failed);
            y -= height;
            return (
              <rect key={host} x={x} y={y} width={width + 0.3} height={height} style={{ fill: inkOf(hosts, host) }} />
            );
          });
          return (
            <g key={at}>
              {bars}
              {failed > 0 && <rect class="failed" x={x} y={0} width={width + 0.3} height={failed * HEIGHT} />}
            </g>
          );
        })}
      </svg>
      <ul class="key">
        {hosts.map((host) => (
          <li key={host} style={{ '--ink': inkOf(hosts, host) }}>
            {host}
          </li>
        ))}
        <li class="failed">failed</li>
        {began !== undefined && latest && <li class="since">{stretch(latest.at - began)} seen</li>}
      </ul>
    </section>
  );
}
