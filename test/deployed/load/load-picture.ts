import { INK, PALE_INK, picture } from '../../../local/report/picture';
import { linearScale, logScale } from '../../../local/report/scale';
import type { PlayedRequest } from './player';
import type { LoadReport } from './run-load';

const COLORS = ['#cc6a3d', '#2f7f9e', '#7c4dbd', '#52606d'];
const [LEFT, RIGHT] = [64, 976];
const BINS = 60;
const SERVED = { top: 104, height: 150 };
const WAITED = { top: 300, height: 150 };
const BOTTOM = WAITED.top + WAITED.height;
/** The longest wait that is drawn in its place, in milliseconds. */
const LONGEST_MS = 10_000;
const SHORTEST_MS = 3;
const RETRIED = '#c22f2f';

/** A load, drawn: who answered over time, how long its first content took, and when the primary was down. */
export function loadPicture({ durationMs, outage, played, hosts }: LoadReport): string {
  const along = linearScale([0, durationMs], [LEFT, RIGHT]);
  const x = (ms: number): number => along(Math.min(ms, durationMs));
  const names = hosts.map(({ name }) => name).filter((name) => played.some(({ host }) => host === name));
  const colorOf = (host: string | null): string => COLORS[names.indexOf(host ?? '')] ?? INK;
  const failures = played.filter(({ failure }) => failure !== undefined).length;
  const attempts = played.reduce((sum, request) => sum + request.attempts, 0);
  const title = `${played.length} requests in ${Math.round(durationMs / 1000)} seconds, ${failures} failed, ${attempts} attempts`;

  return picture({
    height: BOTTOM + 68,
    fontSize: 12,
    label: `${title}: who answered over time, and how long the first content took, while the primary is down in the middle.`,
    title,
    subtitle: 'An hour of real requests at a speed-up; the primary is down in the shaded time.',
    titleY: 36,
    body: `  <rect x="${n(x(outage.from))}" y="${SERVED.top - 16}" width="${n(x(outage.until) - x(outage.from))}" height="${BOTTOM - SERVED.top + 16}" fill="#fdecec"/>
  <g>${bars(played, names, durationMs)}</g>
  <g>${played
    .filter(({ stream }) => stream)
    .map(({ start, firstContent, host, attempts: tried }) => {
      const place = `cx="${n(x(start))}" cy="${n(waitedAt(firstContent - start))}"`;
      return tried > 1
        ? `<circle ${place} r="4" fill="none" stroke="${RETRIED}" stroke-width="1.8"/>`
        : `<circle ${place} r="2.4" fill="${colorOf(host)}" opacity="0.75"/>`;
    })
    .join('')}</g>
  <g stroke="#c5ccd6"><path d="M${LEFT} ${SERVED.top + SERVED.height}H${RIGHT}"/><path d="M${LEFT} ${BOTTOM}H${RIGHT}"/></g>
  <g fill="${PALE_INK}">
    <text x="${LEFT}" y="${SERVED.top - 24}">requests a second, by who answered</text>
    <text x="${LEFT}" y="${WAITED.top - 12}">time to first content, of each stream</text>
    ${[10, 100, 1000, 10_000].map((ms) => `<text x="${LEFT - 8}" y="${n(waitedAt(ms) + 4)}" text-anchor="end">${ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}</text>`).join('')}
    ${ticksOf(durationMs)
      .map((ms) => `<text x="${n(x(ms))}" y="${BOTTOM + 18}" text-anchor="middle">${ms / 1000} s</text>`)
      .join('')}
  </g>
  <g>${names.map((name, index) => `<circle cx="${LEFT + 8 + index * 190}" cy="${BOTTOM + 44}" r="6" fill="${COLORS[index]}"/><text x="${LEFT + 20 + index * 190}" y="${BOTTOM + 48}" fill="${INK}">${name}</text>`).join('')}
    <circle cx="${LEFT + 8 + names.length * 190}" cy="${BOTTOM + 44}" r="5" fill="none" stroke="${RETRIED}" stroke-width="1.8"/><text x="${LEFT + 20 + names.length * 190}" y="${BOTTOM + 48}" fill="${INK}">needed more than one attempt</text>
  </g>`,
  });
}

/** In logarithms: answers that waited for a failover are among those that did not. */
const waitedAt = logScale([SHORTEST_MS, LONGEST_MS], [BOTTOM, BOTTOM - WAITED.height]);

function bars(played: readonly PlayedRequest[], names: readonly string[], durationMs: number): string {
  const counts = names.map((name) => {
    const bins = new Array<number>(BINS).fill(0);
    for (const { host, start } of played) {
      if (host === name) bins[Math.min(BINS - 1, Math.floor((start / durationMs) * BINS))]! += 1;
    }
    return bins;
  });
  const most = Math.max(...counts[0]!.map((_, bin) => counts.reduce((sum, bins) => sum + bins[bin]!, 0)));
  const width = (RIGHT - LEFT) / BINS;
  const perSecond = most / (durationMs / 1000 / BINS);
  const parts = counts[0]!.flatMap((_, bin) => {
    let y = SERVED.top + SERVED.height;
    return counts.map((bins, host) => {
      const height = (SERVED.height * bins[bin]!) / most;
      y -= height;
      return height === 0
        ? ''
        : `<rect x="${n(LEFT + bin * width)}" y="${n(y)}" width="${n(width - 1.5)}" height="${n(height)}" fill="${COLORS[host]}"/>`;
    });
  });
  return `${parts.join('')}<text x="${LEFT - 8}" y="${SERVED.top + 4}" text-anchor="end" fill="${PALE_INK}">${Math.round(perSecond)}</text>`;
}

function ticksOf(durationMs: number): number[] {
  const step = durationMs > 20_000 ? 10_000 : 1000;
  return Array.from({ length: Math.floor(durationMs / step) + 1 }, (_, index) => index * step);
}

const n = (value: number): string => value.toFixed(1);
