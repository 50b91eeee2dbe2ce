import type { Sample } from '../../local/client/ask';
import { linearScale, logScale } from '../../local/report/scale';
import { escapeHtml } from './escape-html';
import type { DrillRecord } from './measure';

const WIDTH = 1040;
const LEFT = 200;
const RIGHT = WIDTH - 16;
const TOP = 34;
const LANE = 26;
const STRIP = 190;
/** Time to first content, on a logarithmic scale. */
const SHORTEST_MS = 3;
const LONGEST_MS = 30_000;
const GRID: readonly (readonly [ms: number, label: string])[] = [
  [10, '10 ms'],
  [100, '100 ms'],
  [1000, '1 s'],
  [10_000, '10 s'],
];
const TICKS = 6;
const COLORS = 5;

/** One mark a request: above in the lane of the host that answered, below at the height of its time to first content. */
export function drawTimeline(record: DrillRecord): string {
  const { startedAt, endedAt, brokenAt, healedAt, samples } = record;
  const hosts = [...new Set([record.host, ...samples.flatMap(({ host }) => host ?? [])])];
  const lanes = [...hosts, 'failed requests'];
  const stripTop = TOP + lanes.length * LANE + 22;
  const bottom = stripTop + STRIP;
  const span = Math.max(1, endedAt - startedAt);
  const along = linearScale([startedAt, startedAt + span], [LEFT, RIGHT]);
  const x = (at: number): number => round(along(at));
  const laneY = (index: number): number => TOP + index * LANE + LANE / 2;
  const upwards = logScale([SHORTEST_MS, LONGEST_MS], [bottom, bottom - STRIP]);
  const stripY = (ms: number): number => round(upwards(ms));
  const lane = (sample: Sample): number =>
    sample.failure === undefined ? hosts.indexOf(sample.host ?? record.host) : hosts.length;
  const color = (index: number): string => (index === hosts.length ? 'bad' : `host-${index % COLORS}`);

  const parts = [
    `<rect class="broken" x="${x(brokenAt)}" y="${TOP - 6}" width="${round(x(healedAt) - x(brokenAt))}" height="${bottom - TOP + 6}"/>`,
    text((x(brokenAt) + x(healedAt)) / 2, TOP - 16, `${record.host} is broken`, 'middle', 'strong'),
    ...lanes.flatMap((name, index) => [
      line(LEFT, laneY(index), RIGHT, laneY(index)),
      text(LEFT - 10, laneY(index), name, 'end', color(index)),
    ]),
    ...GRID.flatMap(([ms, label]) => [
      line(LEFT, stripY(ms), RIGHT, stripY(ms)),
      text(LEFT - 10, stripY(ms), label, 'end'),
    ]),
    text(LEFT - 10, stripTop - 8, 'first content', 'end', 'strong'),
    ...samples.map((sample) => {
      const index = lane(sample);
      const title = `<title>${escapeHtml(story(sample, startedAt))}</title>`;
      const tick = `<rect class="${color(index)}" x="${round(x(sample.at) - 1)}" y="${laneY(index) - 8}" width="2" height="16">${title}</rect>`;
      if (sample.failure !== undefined) return tick;
      return `${tick}<circle class="${color(index)}" cx="${x(sample.at)}" cy="${stripY(sample.firstMs)}" r="2.4">${title}</circle>`;
    }),
    ...Array.from({ length: TICKS + 1 }, (_, at) => {
      const ms = (span * at) / TICKS;
      return text(x(startedAt + ms), bottom + 16, clockTime(ms), 'middle');
    }),
  ];
  return (
    `<svg class="timeline" role="img" viewBox="0 0 ${WIDTH} ${bottom + 30}" aria-label="Who answered each request, and how soon">` +
    `${parts.join('')}</svg>`
  );
}

function story({ at, host, failure, firstMs, trace }: Sample, startedAt: number): string {
  const end = failure === undefined ? `${host}, first content after ${Math.round(firstMs)} ms` : `failed: ${failure}`;
  return `${clockTime(at - startedAt)} ${end} (${trace})`;
}

function clockTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function text(x: number, y: number, words: string, anchor: 'end' | 'middle', style = ''): string {
  return `<text class="${style}" x="${x}" y="${y}" text-anchor="${anchor}" dominant-baseline="middle">${escapeHtml(words)}</text>`;
}

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;

const round = (value: number): number => Math.round(value * 10) / 10;
