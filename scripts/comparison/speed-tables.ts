import type { Column } from '../../bench/peers/metrics';
import { markdownTable } from '../../local/report/markdown-table';
import { shortNumber } from '../../local/report/short-number';
import { SPEED } from './results';

export const OWN = 'this router';
const BASE = 'pass-through';
/** The compiled ones have a section of their own. */
const RIVALS = /^(Portkey|LiteLLM|tokenbiryani)/;
/** Why a column may be lost; who reads a lost one without a reason here has found something. */
const REASONS: Readonly<Record<string, string>> = {
  'unary, requests a second, 32 at a time':
    'unary answers are read upstream as a stream, which costs CPU and shows a hung host; `unaryAsStream: false` does without',
  'unary, CPU a request, 32 at a time': 'the same, and logs and metrics',
  'unary, p99, 32 at a time': 'with 32 at a time on one core it is CPU by another name',
  'start of the process to its first answer': 'the code of the router is read and compiled, once a process',
};

export const WAYS = SPEED.ways.filter(({ missing }) => missing === undefined).map(({ name }) => name);

export function speedTable(title: string, columns: readonly Column[], names: readonly string[]): string {
  return markdownTable(
    [title, ...names],
    columns.map(({ what, unit, values }) => [`${what}, ${unit}`, ...names.map((name) => cell(values, name))]),
  );
}

export function figureTable(
  figures: readonly { readonly what: string; readonly unit: string; readonly value: number }[],
): string {
  return markdownTable(
    ['', ''],
    figures.map(({ what, unit, value }) => [what, `${shortNumber(value)} ${unit}`]),
  );
}

/** Where the router is behind another gateway that is interpreted, or more than twice the pass-through. */
export function lost(): string {
  const found = [...SPEED.speed, ...SPEED.failover].flatMap(lostOf);
  return found.length > 0 ? found.join('\n') : 'None.';
}

function lostOf({ what, unit, better, values }: Column): string[] {
  const ours = values[OWN];
  if (ours === undefined) return [];
  const { median: own, min, max } = ours;
  const reason = REASONS[what] ? ` Why: ${REASONS[what]}.` : '';
  const behind = Object.entries(values)
    .filter(([name, other]) => RIVALS.test(name) && (better === 'less' ? min > other.max : max < other.min))
    .map(
      ([name, other]) =>
        `- **${what}**: ${shortNumber(own)} ${unit}, ${name} ${shortNumber(other.median)} ${unit}.${reason}`,
    );
  const base = values[BASE]?.median ?? 0;
  const ratio = better === 'less' ? own / base : base / own;
  if (base <= 0 || ratio <= 2) return behind;
  const against = `(${shortNumber(own)} against ${shortNumber(base)} ${unit})`;
  return [...behind, `- **${what}**: ${ratio.toFixed(1)} times the pass-through ${against}.${reason}`];
}

function cell(values: Column['values'], name: string): string {
  const spread = values[name];
  if (!spread) return '–';
  const base = name === BASE ? 0 : (values[BASE]?.median ?? 0);
  const times = base > 0 ? `, ${(spread.median / base).toFixed(2)} x` : '';
  const range = spread.min === spread.max ? '' : ` (${shortNumber(spread.min)} to ${shortNumber(spread.max)})`;
  return `${shortNumber(spread.median)}${range}${times}`;
}
