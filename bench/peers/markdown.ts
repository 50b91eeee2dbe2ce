import type { Column } from './metrics';
import type { PeerReport } from './run-peers';

/** The tables as they stand in docs/comparison.md. */
export function markdownOf({ ways, speed, failover, startUp }: PeerReport): string {
  const names = ways.filter(({ missing }) => missing === undefined).map(({ name }) => name);
  return [
    tableOf('', names, speed),
    tableOf('fallback after', names, failover),
    ...startUp.map(({ what, unit, value }) => `- ${what}: ${short(value)} ${unit}`),
  ].join('\n\n');
}

function tableOf(title: string, names: readonly string[], columns: readonly Column[]): string {
  const rows = columns.map(({ what, unit, values }) => [
    `${what}, ${unit}`,
    ...names.map((name) => {
      const spread = values[name];
      return spread ? `${short(spread.median)} (${short(spread.min)} to ${short(spread.max)})` : '–';
    }),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line([title, ...names]), line(['', ...names].map(() => '---')), ...rows.map(line)].join('\n');
}

function short(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
