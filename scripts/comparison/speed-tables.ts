import type { Column } from '../../bench/peers/metrics';
import { markdownTable } from '../../local/report/markdown-table';
import { shortNumber } from '../../local/report/short-number';
import { SPEED } from './results';

export const OWN = 'this router';
export const QUIET = 'this router, quiet';
const PASS_THROUGH = 'pass-through';
/** The compiled ones have a section of their own. */
const RIVALS = /^(Portkey|LiteLLM|tokenbiryani)/;
/** Why a column may be lost; who reads a lost one without a reason here has found something. */
const REASONS: Readonly<Record<string, string>> = {
  'unary, requests a second, 32 at a time':
    'unary answers are read upstream as a stream, which costs CPU and shows a hung host; `unaryAsStream: false` does without',
  'unary, CPU a request, 32 at a time': 'logs and metrics, and unary answers are read upstream as a stream',
  'unary, p99, 32 at a time': 'with 32 at a time on one core it is CPU by another name',
  'start of the process to its first answer': 'the code of the router is read and compiled, once a process',
};

export const ABSENT_WAYS = SPEED.ways.filter(({ missing }) => missing !== undefined);
export const WAYS = SPEED.ways.filter(({ missing }) => missing === undefined).map(({ name }) => name);

export function speedTable(title: string, columns: readonly Column[], names: readonly string[]): string {
  return markdownTable(
    [title, ...names],
    columns.map((column) => [`${column.what}, ${column.unit}`, ...names.map((name) => cell(column, name))]),
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

function lostOf({ what, unit, better, values, ratios }: Column): string[] {
  const ours = values[OWN];
  if (ours === undefined) return [];
  const { median: own, min, max } = ours;
  const reason = REASONS[what] ? ` Why: ${REASONS[what]}.` : '';
  const behind = Object.entries(values)
    .filter(([name, other]) => RIVALS.test(name) && other.median > 0)
    .filter(([, other]) => (better === 'less' ? min > other.max : max < other.min))
    .map(
      ([name, other]) =>
        `- **${what}**: ${shortNumber(own)} ${unit}, ${name} ${shortNumber(other.median)} ${unit}.${reason}`,
    );
  const times = ratios?.[OWN];
  const base = values[PASS_THROUGH]?.median;
  if (times === undefined || base === undefined) return behind;
  const ratio = better === 'less' ? times : 1 / times;
  if (ratio <= 2) return behind;
  const against = `(${shortNumber(own)} against ${shortNumber(base)} ${unit})`;
  return [...behind, `- **${what}**: ${ratio.toFixed(1)} times the pass-through ${against}.${reason}`];
}

/** Of a round's own pass-through. */
export function timesOf({ ratios }: Column, name: string): string | undefined {
  const times = ratios?.[name];
  return times === undefined ? undefined : `${times.toFixed(2)} x`;
}

function cell(column: Column, name: string): string {
  const spread = column.values[name];
  if (!spread) return '–';
  const times = timesOf(column, name);
  const range = spread.min === spread.max ? '' : ` (${shortNumber(spread.min)} to ${shortNumber(spread.max)})`;
  return `${shortNumber(spread.median)}${range}${times === undefined ? '' : `, ${times}`}`;
}
