import { markdownTable } from '../../local/report/markdown-table';
import { shortNumber } from '../../local/report/short-number';
import type { Column } from './metrics';
import type { PeerReport } from './peer-report';

/** The tables as they stand in docs/comparison.md. */
export function markdownOf({ ways, speed, failover, startUp }: PeerReport): string {
  const names = ways.filter(({ missing }) => missing === undefined).map(({ name }) => name);
  return [
    tableOf('', names, speed),
    tableOf('fallback after', names, failover),
    ...startUp.map(({ what, unit, value }) => `- ${what}: ${shortNumber(value)} ${unit}`),
  ].join('\n\n');
}

function tableOf(title: string, names: readonly string[], columns: readonly Column[]): string {
  const rows = columns.map(({ what, unit, values }) => [
    `${what}, ${unit}`,
    ...names.map((name) => {
      const spread = values[name];
      return spread ? `${shortNumber(spread.median)} (${shortNumber(spread.min)} to ${shortNumber(spread.max)})` : '–';
    }),
  ]);
  return markdownTable([title, ...names], rows);
}
