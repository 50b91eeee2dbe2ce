import { INK, PALE_INK, picture } from '../../local/report/picture';
import { linearScale } from '../../local/report/scale';
import { REST } from './attribute';
import type { Profile, Profiles } from './run-profile';

const LEFT = 190;
const RIGHT = 940;
const TOP = 84;
const BAR = 30;
const GROUP = 36;

const COLORS: Readonly<Record<string, string>> = {
  'HTTP to the client': '#2f7f9e',
  'HTTP to the host': '#7fb8cc',
  'JSON and events': '#cc6a3d',
  'routing, failover, health': '#7c4dbd',
  'log lines and metrics': '#d9a441',
  'garbage collection': '#9aa5b1',
  [REST]: '#cbd2d9',
};

/** What a request costs, part by part, in multiples of the do-nothing proxy. */
export function profilePicture(profiles: Profiles): string {
  const all = Object.values(profiles).flatMap((versions) => Object.values(versions));
  const most = Math.ceil(Math.max(1, ...all.map(({ timesProxy }) => timesProxy)));
  const x = linearScale([0, most], [LEFT, RIGHT]);
  let y = TOP;
  const rows: string[] = [];
  for (const [what, versions] of Object.entries(profiles)) {
    rows.push(`<text x="24" y="${y + 18}" font-weight="600" fill="${INK}">${what}</text>`);
    y += GROUP - 8;
    for (const [name, profile] of Object.entries(versions)) {
      rows.push(bar(name, profile, y, x));
      y += BAR + 8;
    }
    y += 8;
  }
  const ticks = Array.from({ length: most + 1 }, (_, value) => value);
  const parts = Object.entries(COLORS);
  const legend = parts.map(([part, color], at) => {
    const [left, top] = [24 + (at % 4) * 235, y + 46 + Math.floor(at / 4) * 24];
    return `<rect x="${left}" y="${top}" width="12" height="12" rx="2" fill="${color}"/><text x="${left + 18}" y="${top + 11}" fill="${PALE_INK}">${part}</text>`;
  });
  return picture({
    height: y + 108,
    fontSize: 13,
    label: 'CPU of a request before and after, by what it is spent on, in multiples of the do-nothing proxy.',
    title: 'What a request’s CPU is spent on',
    subtitle: 'In multiples of what a proxy takes that does nothing. Logs and metrics on.',
    titleY: 34,
    body: `  <g stroke="#e4e8ee">${ticks.map((value) => `<path d="M${x(value)} ${TOP}V${y}"/>`).join('')}</g>
  <path d="M${x(1)} ${TOP - 6}V${y}" stroke="${INK}" stroke-dasharray="5 5"/>
  <g>${rows.join('\n    ')}</g>
  <g font-size="12" text-anchor="middle" fill="${PALE_INK}">${ticks.map((value) => `<text x="${x(value)}" y="${y + 18}">${value === 1 ? 'the proxy' : `${value} x`}</text>`).join('')}</g>
  <g>${legend.join('\n    ')}</g>`,
  });
}

function bar(name: string, { timesProxy, shares }: Profile, y: number, x: (value: number) => number): string {
  let from = 0;
  const parts = Object.entries(COLORS).map(([part, color]) => {
    const width = x(from + timesProxy * (shares[part] ?? 0)) - x(from);
    const rect = `<rect x="${x(from).toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${color}"/>`;
    from += timesProxy * (shares[part] ?? 0);
    return rect;
  });
  return `<text x="${LEFT - 12}" y="${y + 20}" text-anchor="end" fill="${INK}">${name}</text>${parts.join('')}<text x="${x(from) + 8}" y="${y + 20}" font-weight="600" fill="${INK}">${timesProxy.toFixed(1)} x</text>`;
}
