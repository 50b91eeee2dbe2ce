import { isMet, type Comparison, type Figure, type FigureTarget } from './figure';

const SIGNS: Readonly<Record<Comparison, readonly [before: string, after: string]>> = {
  x: ['', ' x'],
  '+': ['+', ''],
  '=': ['', ''],
};
const HEADINGS = ['', 'base', 'measured', 'median (min to max)', 'target', ''];

/** The result as a table for people. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function cells(figure: Figure): string[] {
  const { what, unit, base, value, comparison, measured, target } = figure;
  const [before, after] = SIGNS[comparison];
  const signed = (number: number): string => `${number < 0 ? '' : before}${short(number)}`;
  const withUnit = (number: number): string => `${short(number)} ${unit}`.trimEnd();
  return [
    what,
    base === undefined ? '' : withUnit(base),
    withUnit(value),
    `${signed(measured.median)}${after} (${signed(measured.min)} to ${signed(measured.max)})`,
    target ? `${bound(target, signed)}${after}` : '',
    target ? (isMet(figure) ? 'pass' : 'FAIL') : '',
  ];
}

function bound(target: FigureTarget, signed: (number: number) => string): string {
  return 'atMost' in target ? `<= ${signed(target.atMost)}` : `>= ${signed(target.atLeast)}`;
}

/** Three significant digits, and no exponent. */
function short(number: number): string {
  return Number.isInteger(number) || Math.abs(number) >= 100
    ? number.toFixed(0)
    : number.toFixed(Math.abs(number) < 10 ? (Math.abs(number) < 1 ? 3 : 2) : 1);
}
