import { ROWS, type IncidentRow } from '../run-row';
import type { Figures } from '../figure-names';
import type { IncidentResults } from '../run-rows';
import { figuresOn, sidesOf, type Side } from './sides';

const FONT = "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const TOP = 122;
const LEFT = 268;
const BAR = 7;
const PITCH = 9;
const GAP = 14;
const COLORS = ['#1f7a5c', '#6fbf9f', '#2f6fb0', '#8fb8de', '#cc6a3d', '#e8b195', '#8a94a0'];
const LEGEND = 136;

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly left: number;
  readonly width: number;
  /** At the right end of the axis; what is longer is cut there and says so. */
  readonly most: number;
  readonly ticks: readonly number[];
  readonly value: (figures: Figures) => number;
}

const PANELS: readonly Panel[] = [
  {
    title: 'failed for the client',
    unit: '% of all requests',
    left: LEFT,
    width: 190,
    most: 50,
    ticks: [0, 25, 50],
    value: ({ failed, requests }) => (100 * failed) / requests,
  },
  {
    title: 'left a sound primary',
    unit: '% of all requests',
    left: LEFT + 254,
    width: 200,
    most: 100,
    ticks: [0, 25, 50, 75, 100],
    value: ({ leftSound, requests }) => (100 * leftSound) / requests,
  },
  {
    title: 'attempts a request',
    unit: 'while the incident lasts',
    left: LEFT + 518,
    width: 180,
    most: 8,
    ticks: [0, 2, 4, 6, 8],
    value: ({ attempts }) => attempts,
  },
];

const rowHeight = (sides: readonly Side[]): number => PITCH * sides.length + GAP;

/** Three panels beside each other, a group of bars an incident. */
export function incidentsPicture(results: IncidentResults): string {
  const sides = sidesOf(results);
  const bottom = TOP + rowHeight(sides) * ROWS.length;
  const names = sides.map(({ name }) => name.replaceAll('`', ''));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${bottom + 56}" font-family="${FONT}" font-size="12" role="img" aria-label="For each incident and each way to treat it: requests that failed, requests that left a primary that would have served them, and attempts a request.">
  <rect width="1000" height="${bottom + 56}" rx="14" fill="#ffffff"/>
  <text x="24" y="36" font-size="17" font-weight="600" fill="#1f2933">What clients see of an incident</text>
  <g>${names.map((name, index) => legend(name, index)).join('')}
  </g>
  <g>${PANELS.map((panel) => frame(panel, bottom)).join('')}
  </g>
  <g>${ROWS.map((row, index) => group(row, TOP + rowHeight(sides) * index, sides)).join('')}
  </g>
</svg>
`;
}

const legend = (name: string, index: number): string => `
    <rect x="${24 + index * LEGEND}" y="54" width="12" height="12" rx="2" fill="${COLORS[index]}"/>
    <text x="${42 + index * LEGEND}" y="64" fill="#52606d">${name}</text>`;

function frame({ title, unit, left, width, most, ticks }: Panel, bottom: number): string {
  const at = (tick: number): string => (left + (width * tick) / most).toFixed(1);
  return `
    <text x="${left}" y="${TOP - 18}" font-weight="600" fill="#1f2933">${title}</text>
    <g stroke="#e4e8ee">${ticks.map((tick) => `<path d="M${at(tick)} ${TOP - 8}V${bottom}"/>`).join('')}</g>
    <g text-anchor="middle" fill="#52606d">${ticks.map((tick) => `<text x="${at(tick)}" y="${bottom + 18}">${tick}</text>`).join('')}</g>
    <text x="${left}" y="${bottom + 38}" fill="#52606d">${unit}</text>`;
}

function group({ id, title }: IncidentRow, top: number, sides: readonly Side[]): string {
  const lines = wrapped(title);
  const middle = top + (PITCH * sides.length) / 2;
  const text = lines.map(
    (line, index) =>
      `<text x="${LEFT - 16}" y="${(middle + 4 + 15 * (index - (lines.length - 1) / 2)).toFixed(1)}" text-anchor="end" fill="#1f2933">${line}</text>`,
  );
  const bars = sides.flatMap((side, index) => {
    const figures = figuresOn(side, id);
    const y = top + PITCH * index;
    return figures === undefined ? [] : PANELS.map((panel) => bar(panel, panel.value(figures), y, COLORS[index]!));
  });
  return `
    ${text.join('')}${bars.join('')}`;
}

/** With its value, also where that is nothing to be seen. */
function bar({ left, width, most }: Panel, value: number, y: number, color: string): string {
  const length = Math.max(1, (width * Math.min(value, most)) / most);
  const label = value === 0 ? '0' : value < 0.1 ? '&lt; 0.1' : value.toFixed(value < 10 ? 1 : 0);
  return `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" fill="${color}"/><text x="${(left + length + 4).toFixed(1)}" y="${y + BAR}" font-size="9" fill="#52606d">${label}</text>`;
}

const LINE = 36;

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > LINE && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
