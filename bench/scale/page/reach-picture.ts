import { INK, PALE_INK, picture } from '../../../local/report/picture';
import { logScale } from '../../../local/report/scale';
import { QUOTAS } from '../assumptions';
import { FARTHEST, SIZES, type Reach } from '../results';

const LEFT = 270;
const RIGHT = 965;
const TOP = 96;
const ROW = 30;
/** Requests a minute at the left end of the axis. */
const LEAST = 1;

/** Whose limit it is, by how its name begins. */
const OWNERS: readonly (readonly [name: string, color: string])[] = [
  ['This stack', '#7c4dbd'],
  ['Anthropic', '#cc6a3d'],
  ['Bedrock', '#2f7f9e'],
  ['AWS', '#52606d'],
];

const x = logScale([LEAST, FARTHEST], [LEFT, RIGHT]);
const colorOf = (name: string): string => OWNERS.find(([owner]) => name.startsWith(owner))?.[1] ?? OWNERS.at(-1)![1];
const tick = (value: number): string => (value >= 1e6 ? `${value / 1e6} M` : value.toLocaleString('en-US'));

/** From how many requests a minute on each limit is exceeded. */
export function reachPicture(reaches: readonly Reach[]): string {
  const bottom = TOP + ROW * reaches.length;
  const ticks = Array.from({ length: 7 }, (_, power) => 10 ** power);
  const rows = reaches.map(({ quota, apart, together }, index) => {
    const { name } = QUOTAS[quota];
    const [y, color] = [TOP + ROW * index + ROW / 2, colorOf(name)];
    const [from, to] = [x(together).toFixed(1), x(apart).toFixed(1)];
    return `
    <text x="${LEFT - 14}" y="${y + 4}" text-anchor="end" fill="${INK}">${name}</text>
    <path d="M${from} ${y}H${to}" stroke="${color}" stroke-width="4" opacity="0.35"/>
    <circle cx="${from}" cy="${y}" r="4.5" fill="#ffffff" stroke="${color}" stroke-width="2"/>
    ${apart > FARTHEST ? '' : `<circle cx="${to}" cy="${y}" r="6" fill="${color}"/>`}`;
  });
  const legend = OWNERS.map(
    ([name, color], index) => `
    <circle cx="${LEFT + 8 + index * 110}" cy="${bottom + 52}" r="6" fill="${color}"/>
    <text x="${LEFT + 20 + index * 110}" y="${bottom + 56}" fill="${PALE_INK}">${name}</text>`,
  );
  return picture({
    height: bottom + 76,
    fontSize: 13,
    label: 'For each limit, the requests a minute from which on it is exceeded, on a logarithmic axis.',
    title: 'Which limit comes first, as the load grows',
    subtitle: 'Filled: clients that come by themselves. Hollow: all of them in the same seconds.',
    titleY: 38,
    body: `  <g stroke="#e4e8ee">${ticks.map((value) => `<path d="M${x(value).toFixed(1)} ${TOP}V${bottom}"/>`).join('')}</g>
  <g stroke="${INK}" stroke-dasharray="5 5">${SIZES.map((value) => `<path d="M${x(value).toFixed(1)} ${TOP - 6}V${bottom}"/>`).join('')}</g>
  <g font-size="12" font-weight="600" text-anchor="middle" fill="${INK}">${SIZES.map((value) => `<text x="${x(value).toFixed(1)}" y="${TOP - 12}">${tick(value)}</text>`).join('')}</g>
  <g>${rows.join('')}
  </g>
  <g font-size="12" text-anchor="middle" fill="${PALE_INK}">${ticks.map((value) => `<text x="${x(value).toFixed(1)}" y="${bottom + 18}">${tick(value)}</text>`).join('')}
    <text x="${(LEFT + RIGHT) / 2}" y="${bottom + 34}">requests a minute</text>
  </g>
  <g>${legend.join('')}
  </g>`,
  });
}
