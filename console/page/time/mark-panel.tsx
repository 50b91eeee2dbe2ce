import { useState } from 'preact/hooks';
import type { Series, Span } from '../../source';
import { count, stretch, usd } from '../format';
import { server } from '../server';

interface Props {
  readonly gateway: string;
  readonly series: Series;
  readonly mark: Span | undefined;
  readonly change: (mark: Span | undefined) => void;
}

const MINUTE_MS = 60_000;

/** As an input of local time has it. */
const written = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 19);

/** An incident: dragged over a chart, or typed; and its report as a file. */
export function MarkPanel({ gateway, series, mark, change }: Props) {
  const [problem, setProblem] = useState<string>();
  const span = mark ?? { from: series.from, to: series.to };
  const set = (own: Partial<Span>): void => {
    const next = { ...span, ...own };
    if (Number.isFinite(next.from) && Number.isFinite(next.to) && next.from < next.to) change(next);
  };
  const save = async (): Promise<void> => {
    const address = URL.createObjectURL(await server.report(gateway, span));
    const name = `incident-${gateway}-${new Date(span.from).toISOString().slice(0, 16).replaceAll(':', '')}.html`;
    Object.assign(document.createElement('a'), { href: address, download: name }).click();
    URL.revokeObjectURL(address);
  };
  const within = series.buckets.filter(({ at }) => at >= span.from && at < span.to);
  const sum = (of: (bucket: Series['buckets'][number]) => number): number =>
    within.reduce((all, bucket) => all + of(bucket), 0);
  return (
    <section class="panel mark" aria-labelledby="mark-title">
      <h2 id="mark-title">
        {mark ? 'The marked incident' : 'Mark an incident'}{' '}
        <small>{mark ? stretch(mark.to - mark.from) : 'drag over a chart, or give its times'}</small>
      </h2>
      <div class="fields">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {end === 'from' ? 'From' : 'To'}
            <input
              type="datetime-local"
              step="1"
              value={written(span[end])}
              onChange={(event) => set({ [end]: Date.parse(event.currentTarget.value) })}
            />
          </label>
        ))}
        <p class="sums">
          <b>{count(sum(({ requests }) => requests))}</b> requests, <b>{count(sum(({ failovers }) => failovers))}</b>{' '}
          rescued, <b>{count(sum(({ failed }) => failed))}</b> failed, <b>{usd(sum(({ costUsd }) => costUsd))}</b>
        </p>
        <button
          type="button"
          class="plain go"
          onClick={() =>
            void save().then(
              () => setProblem(undefined),
              (error: unknown) => setProblem(String(error)),
            )
          }
        >
          Export the report
        </button>
        {mark && (
          <button type="button" class="plain" onClick={() => change(undefined)}>
            Unmark
          </button>
        )}
      </div>
      {problem !== undefined && <p class="trouble">{problem}</p>}
    </section>
  );
}
