import type { Found, Series, Span } from '../../source';
import { escaped, table, utc } from './html';
import { reportPicture } from './report-picture';
import { timelineOf } from './timeline';

export interface Incident {
  readonly gateway: string;
  readonly span: Span;
  readonly everyMs: number;
  readonly series: Series;
  /** Requests that did not get the first answer they asked for. */
  readonly found: Found;
}

const STYLE = `body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;color:#1d2026;background:#fff}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.3rem 0}.key span{margin-right:1rem;font-size:13px}
svg{max-width:100%}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .8rem .25rem 0;border-top:1px solid #dedbd3;text-align:left;vertical-align:top}th{border:0;color:#5a606b}`;

const count = (value: number): string => Math.round(value).toLocaleString('en');

/** An incident as one HTML file that loads nothing: what happened, what clients felt, what it cost, who was told. */
export function incidentReport({ gateway, span, everyMs, series, found }: Incident): string {
  const title = `Incident of ${gateway}`;
  const alarms = series.alarms.map(({ id, tells, toldTo = 'not known', at, until }) => [
    id,
    tells,
    toldTo,
    utc(at),
    until === undefined ? 'still on' : utc(until),
  ]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1>
<p>${utc(span.from)} to ${utc(span.to)}</p>
<h2>What clients felt</h2>
${felt(series)}
${reportPicture(series.buckets)}
<h2>Timeline</h2>
<p>Exact to ${count(everyMs / 1000)} s.</p>
${table(
  ['When', 'What'],
  timelineOf(series, everyMs).map(({ at, text }) => [utc(at), text]),
)}
<h2>Who was told</h2>
${alarms.length === 0 ? '<p>No alarm told anybody.</p>' : table(['Alarm', 'Tells by', 'Whom', 'From', 'Until'], alarms)}
<h2>Requests that were rescued, or failed${found.hasMore ? `: the latest ${found.lines.length}` : ''}</h2>
${requests(found)}
</body></html>
`;
}

function felt({ buckets }: Series): string {
  const sum = (of: (bucket: Series['buckets'][number]) => number): number =>
    buckets.reduce((all, bucket) => all + of(bucket), 0);
  const [all, failed] = [sum(({ requests: each }) => each), sum((bucket) => bucket.failed)];
  const share = all === 0 ? '0' : ((100 * failed) / all).toFixed(failed > 0 ? 2 : 0);
  const slowest = Math.max(0, ...buckets.map(({ firstContent }) => firstContent?.p95 ?? 0));
  return table(
    ['What', 'How much'],
    [
      ['Requests', count(all)],
      ['Failed for their clients', `${count(failed)}, ${share} %`],
      ['Answered by another host than the first', count(sum(({ failovers }) => failovers))],
      ['First content of streams, the slowest step, 95 % within', slowest === 0 ? 'not known' : `${count(slowest)} ms`],
      ['Tokens at list price', `${sum(({ costUsd }) => costUsd).toFixed(4)} USD`],
    ],
  );
}

function requests({ lines }: Found): string {
  if (lines.length === 0) return '<p>None.</p>';
  return table(
    ['When', 'Request', 'Team', 'Model', 'Outcome', 'Way'],
    lines.map(({ endedAt, requestId, client = '', model = '', outcome, trace }) => [
      utc(endedAt),
      requestId,
      client,
      model,
      outcome,
      trace,
    ]),
  );
}
