import { linearScale, type Scale } from '../report/scale';

export interface PlottedSeries {
  readonly label: string;
  readonly color: string;
}

export interface Chart {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly series: readonly PlottedSeries[];
  readonly isStacked: boolean;
  readonly label: string;
  readonly marks: readonly { readonly value: number; readonly label?: string }[];
}

const POINTS = 36;
const LEFT = 44;
/** The first host is away in this part of the picture. */
const [FROM, TO] = [14, 24];

type Figure = (index: number, isAway: boolean) => number;

/** Made up, by the widget's title: normal value and value during the outage, of the series at that place. */
const FIGURES: Readonly<Record<string, Figure>> = {
  Requests: (index, isAway) => [420, isAway ? 400 : 2, isAway ? 1 : 0, 0][index] ?? 0,
  'Attempts a request': (_, isAway) => (isAway ? 1.18 : 1.01),
  'Who served': (index, isAway) => (isAway ? [12, 396, 8][index] : [412, 5, 3][index]) ?? 0,
  'Share of the answers': (index, isAway) => (isAway ? [3, 95, 2][index] : [98, 1, 1][index]) ?? 0,
  'Failed attempts': (index, isAway) => (isAway ? [96, 0.8, 0.4][index] : [0.4, 0.3, 0.2][index]) ?? 0,
  'First content, p50': (index) => [620, 740, 810][index] ?? 0,
  'First content, p95': (index) => [1450, 1700, 1880][index] ?? 0,
  'First content, p99': (index) => [2600, 3100, 3400][index] ?? 0,
  'Checks that failed twice': (index, isAway) => (isAway ? ([5, 0, 0, 0][index] ?? 0) : 0),
  'Quota headroom': (index) => [310, 145][index] ?? 0,
};

/** Lines, or areas on top of each other, with an axis, marks and a legend. */
export function chart({ title, width, height, series, isStacked, label, marks }: Chart): string {
  const legend = legendOf(series, width);
  const bottom = height - 10 - legend.lines * LINE;
  const rows = series.map((_, index) => Array.from({ length: POINTS }, (__, at) => value(title, index, at)));
  const stacked = rows.map((row, index) => row.map((own, at) => own + (isStacked ? below(rows, index, at) : 0)));
  const top = Math.max(1, ...stacked.flat(), ...marks.map((mark) => mark.value)) * 1.12;
  const x = linearScale([0, POINTS - 1], [LEFT, width]);
  const y = linearScale([0, top], [bottom, 14]);
  const ticks = [0, 0.5, 1].map((share) => share * top);
  const line = (row: readonly number[]): string =>
    row.map((amount, at) => `${x(at).toFixed(1)},${y(amount).toFixed(1)}`).join(' ');
  return `<svg width="${width}" height="${height}" font-size="10.5" fill="#545b64">
${ticks.map((tick) => `<line x1="${LEFT}" x2="${width}" y1="${y(tick)}" y2="${y(tick)}" stroke="#eaeded"/><text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${short(tick)}</text>`).join('')}
<text x="${LEFT}" y="9">${label}</text>
${stacked.map((row, index) => shape(line(row), series[index]!.color, isStacked, x, stacked[index - 1], y)).join('')}
${marks.map((mark) => `<line x1="${LEFT}" x2="${width}" y1="${y(mark.value)}" y2="${y(mark.value)}" stroke="#b1202f" stroke-dasharray="4 3"/><text x="${width}" y="${y(mark.value) - 4}" text-anchor="end">${mark.label ?? ''}</text>`).join('')}
<g transform="translate(0 ${bottom + 7})">${legend.svg}</g>
</svg>`;
}

function shape(
  points: string,
  color: string,
  isStacked: boolean,
  x: Scale,
  under: readonly number[] | undefined,
  y: Scale,
): string {
  if (!isStacked) return `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="1.8"/>`;
  const floor = Array.from({ length: POINTS }, (_, at) => POINTS - 1 - at)
    .map((at) => `${x(at).toFixed(1)},${y(under?.[at] ?? 0).toFixed(1)}`)
    .join(' ');
  return `<polygon points="${points} ${floor}" fill="${color}" fill-opacity="0.75"/>`;
}

const below = (rows: readonly (readonly number[])[], index: number, at: number): number =>
  rows.slice(0, index).reduce((sum, row) => sum + (row[at] ?? 0), 0);

/** A little unrest, the same in every run. */
function value(title: string, index: number, at: number): number {
  const base = FIGURES[title]?.(index, at >= FROM && at < TO) ?? 0;
  return base * (1 + 0.07 * Math.sin(at * 1.7 + index * 2) + 0.04 * Math.sin(at * 0.6 + index));
}

const LINE = 14;
/** Of the font's letters, on average. */
const LETTER = 6.3;

/** One name after the other, in as many lines as they need. */
function legendOf(series: readonly PlottedSeries[], width: number): { readonly svg: string; readonly lines: number } {
  let x = LEFT;
  let line = 0;
  const items = series.map(({ label, color }) => {
    const needed = 13 + label.length * LETTER;
    if (x > LEFT && x + needed > width) {
      x = LEFT;
      line += 1;
    }
    const y = line * LINE;
    const item = `<rect x="${x}" y="${y}" width="9" height="9" fill="${color}"/><text x="${x + 13}" y="${y + 8}">${label}</text>`;
    x += needed + 14;
    return item;
  });
  return { svg: items.join(''), lines: line + 1 };
}

const short = (amount: number): string => (amount >= 10 ? String(Math.round(amount)) : amount.toFixed(1));
