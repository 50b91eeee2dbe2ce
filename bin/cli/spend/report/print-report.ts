import type { SpendKey } from '../../../../lib/contract/governance/spend-report';
import { columns, money, whole } from '../../../../lambda/functions/spend-report/columns';
import { type Cost, type CostRow, costsBy, total } from '../../../../lambda/functions/spend-report/costs';

/** For people: the dearest first, and the sum. */
export function reportTable(key: SpendKey, rows: readonly CostRow[]): string {
  const line = (name: string, { usd, requests, tokens, unpriced }: Cost): string[] => [
    name,
    money(usd),
    whole(requests),
    whole(tokens),
    unpriced > 0 ? whole(unpriced) : '',
  ];
  const costs = [...costsBy(key, rows)].map(([name, cost]) => line(name, cost));
  return columns([[key, 'USD', 'requests', 'tokens', 'without a price'], ...costs, line('all', total(rows))]);
}

export function reportCsv(key: SpendKey, rows: readonly CostRow[]): string {
  const lines = [...costsBy(key, rows)].map(([name, { usd, requests, tokens, unpriced }]) =>
    [cell(name), usd.toFixed(6), ...[requests, tokens, unpriced].map((count) => count.toFixed(0))].join(','),
  );
  return [`${key},usd,requests,tokens,requests_without_price`, ...lines].join('\n');
}

/** A name may come from a client: a spreadsheet must not take it for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
