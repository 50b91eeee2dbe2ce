import { useEffect, useState } from 'preact/hooks';
import type { ViewProps } from '../app';
import { BreakPanel } from '../breaking/break-panel';
import { Alarms } from './alarms';
import { Banner } from './banner';
import { ChainPicture } from './chain-picture';
import { History, remember, type Moment } from './history';
import { StatusPages } from './status-pages';

export function NowView({ welcome, look }: ViewProps) {
  const { now, headline, problem } = look;
  const [moments, setMoments] = useState<readonly Moment[]>([]);
  useEffect(() => {
    if (now) setMoments((before) => remember(before, now));
  }, [now]);
  if (!now || !headline) {
    return (
      <p class="trouble" role="alert">
        {look.gateway} cannot be looked at: {problem}
      </p>
    );
  }
  return (
    <>
      <Banner headline={headline} />
      <ChainPicture now={now} headline={headline} />
      {welcome.hasFaults && <BreakPanel everyMs={welcome.everyMs} />}
      <div class="below">
        <History moments={moments} hosts={now.links.map(({ host }) => host)} everyMs={welcome.everyMs} />
        <Alarms alarms={now.alarms} at={now.at} />
        <StatusPages kinds={now.links.map(({ kind }) => kind)} />
      </div>
    </>
  );
}
