import { escapeHtml } from './escape-html';
import { measureDrill, type DrillFigures, type DrillRecord, type PhaseFigures } from './measure';
import { STYLE } from './report-style';
import { drawTimeline } from './timeline';

/** Everything the drill saw, for machines. */
export function reportJson(record: DrillRecord): string {
  return `${JSON.stringify({ ...summary(record), figures: measureDrill(record), samples: record.samples }, null, 2)}\n`;
}

/** A page that stands alone: one file to attach to the minutes of the drill. */
export function reportHtml(record: DrillRecord): string {
  const figures = measureDrill(record);
  const { date, length, failed, requests } = summary(record);
  const cut = record.isCutShort ? ' It was stopped by hand, so that the end is missing.' : '';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Failover drill: ${escapeHtml(record.host)}</title>
<style>${STYLE}</style>
<h1>Failover drill: <code>${escapeHtml(record.host)}</code></h1>
<p>${date} UTC. Steady traffic on ${escapeHtml(record.model)} for ${length}, the host broken on purpose for ${duration(record.healedAt - record.brokenAt)}.${cut}</p>
<section class="cards">
${card('failed requests', `${failed} of ${requests}`, failed === 0 ? 'good' : 'bad')}
${card('switched over after', duration(figures.switchOverMs))}
${card('first content, later by', milliseconds(figures.latencyShiftMs))}
${card('first answer after repair', duration(figures.returnMs))}
${card('all traffic back after', duration(figures.fullReturnMs))}
</section>
${drawTimeline(record)}
<table>
<tr><th></th><th>requests</th><th>failed</th><th>answered by</th><th>first content, p50</th><th>p95</th></tr>
${row('before', figures.before)}
${row('while broken', figures.during)}
${row('after', figures.after)}
</table>
<p class="small">Switched over: from the break to ten requests in a row that others answered. All traffic back: from the repair to ten in
a row that the host answered. Every request is a conversation of its own.</p>
</html>
`;
}

/** The same in a few lines, for the terminal. */
export function reportText(record: DrillRecord): string {
  const figures: DrillFigures = measureDrill(record);
  const { failed, requests } = summary(record);
  const lines: readonly (readonly [string, string])[] = [
    ['failed requests', `${failed} of ${requests}`],
    ['switched over after', duration(figures.switchOverMs)],
    ['first content later by', milliseconds(figures.latencyShiftMs)],
    ['first answer after repair', duration(figures.returnMs)],
    ['all traffic back after', duration(figures.fullReturnMs)],
  ];
  return lines.map(([name, value]) => `  ${name.padEnd(27)}${value}`).join('\n');
}

function summary({ host, model, startedAt, brokenAt, healedAt, endedAt, isCutShort, samples }: DrillRecord) {
  return {
    host,
    model,
    date: new Date(startedAt).toISOString().slice(0, 16).replace('T', ' '),
    length: duration(endedAt - startedAt),
    startedAt,
    brokenAt,
    healedAt,
    endedAt,
    isCutShort,
    requests: samples.length,
    failed: samples.filter(({ failure }) => failure !== undefined).length,
  };
}

const card = (name: string, value: string, tone = ''): string =>
  `<div class="card"><b class="${tone}">${escapeHtml(value)}</b><span>${escapeHtml(name)}</span></div>`;

function row(name: string, { requests, failed, byHost, firstContentMs }: PhaseFigures): string {
  const hosts = Object.entries(byHost).map(([host, count]) => `${host} ${count}`);
  const cells = [name, requests, failed, hosts.join(', '), milliseconds(firstContentMs?.p50)];
  return `<tr>${[...cells, milliseconds(firstContentMs?.p95)].map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join('')}</tr>`;
}

function duration(ms: number | undefined): string {
  if (ms === undefined) return 'not seen';
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const milliseconds = (ms: number | undefined): string => (ms === undefined ? 'not seen' : `${Math.round(ms)} ms`);
