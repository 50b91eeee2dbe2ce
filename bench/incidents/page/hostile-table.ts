import { markdownTable } from '../../../local/report/markdown-table';
import type { Hostility } from '../incident';
import type { Side } from './sides';

/** How many requests of the other clients each kind of hostile client has changed. */
export function hostileTable(kinds: readonly Hostility[], sides: readonly Side[]): string {
  const changedBy = sides.map(({ results, policy }) => results.rows['hostile']?.[policy]?.changedBy ?? {});
  return markdownTable(
    ['What it sends or does', ...sides.map(({ name }) => name)],
    kinds.map(({ id, title }) => [title, ...changedBy.map((changed) => bold(changed[id]))]),
    'numbers',
  );
}

function bold(changed: number | undefined): string {
  if (changed === undefined) return '';
  return changed === 0 ? '0' : `**${changed.toLocaleString('en-US')}**`;
}
