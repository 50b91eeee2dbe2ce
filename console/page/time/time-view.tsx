import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Span } from '../../source';
import type { ViewProps } from '../app';
import { dayClock, usd } from '../format';
import { server } from '../server';
import { usePoll } from '../use-poll';
import { BucketTable } from './bucket-table';
import { Chart } from './chart';
import { chartsOf } from './charts';
import { MarkPanel } from './mark-panel';

const SPANS = [
  [300_000, '5 minutes'],
  [3_600_000, 'Hour'],
  [86_400_000, 'Day'],
  [604_800_000, 'Week'],
] as const;
const STEPS = 120;
/** Where a look costs nothing. */
const FREE_MS = 3000;

export function TimeView({ look }: ViewProps) {
  const [spanMs, setSpanMs] = useState<number>(SPANS[0][0]);
  const [mark, setMark] = useState<Span>();
  const { gateway, cost } = look;
  const ask = useCallback(() => {
    const everyMs = spanMs / STEPS;
    // On whole steps, so that bars stay where they are while time goes on.
    const to = Math.ceil(Date.now() / everyMs) * everyMs;
    return server.series(gateway, { from: to - spanMs, to }, everyMs);
  }, [gateway, spanMs]);
  const { value: series, problem, again } = usePoll(ask, cost.hourUsd === 0 ? FREE_MS : undefined);
  const hosts = useMemo(() => look.now?.links.map(({ host }) => host) ?? [], [look.now]);
  const charts = series ? chartsOf(series, hosts) : [];
  return (
    <>
      <div class="time-head">
        <h1 class="title">Time</h1>
        <div class="choice" role="group" aria-label="How long">
          {SPANS.map(([ms, label]) => (
            <button key={ms} type="button" aria-pressed={ms === spanMs} onClick={() => setSpanMs(ms)}>
              {label}
            </button>
          ))}
        </div>
        <button type="button" class="plain" onClick={again}>
          Look again
        </button>
        {series && (
          <p class="found" role="status">
            {dayClock(series.from)} to {dayClock(series.to)}. This look cost {usd(series.costUsd)}.
          </p>
        )}
      </div>
      {problem !== undefined && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      {series && <MarkPanel gateway={gateway} series={series} mark={mark} change={setMark} />}
      <div class="charts">
        {charts.map((chart) => (
          <Chart key={chart.title} chart={chart} mark={mark} choose={setMark} />
        ))}
      </div>
      {series && <BucketTable series={series} />}
    </>
  );
}
