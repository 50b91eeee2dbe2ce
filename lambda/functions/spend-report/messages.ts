import type { Anomaly } from './anomalies';
import { columns, money, whole } from './columns';
import { costsBy, total } from './costs';
import { type Compared, compared, comparedBy, type Day } from './days';

export interface Notice {
  readonly subject: string;
  readonly text: string;
}

const KEYS = ['team', 'model', 'host'] as const;
/** So many lines of a table; what is left stands in one. */
const MOST_LINES = 20;
const NOTE =
  'At list prices, by the log lines of requests. A bill may have discounts, and has attempts that another host took over from.';

/** What the last day cost, by team, model and host, beside the day before and the average of the week before. */
export function dailyNotice(service: string, days: readonly Day[]): Notice {
  const day = days.at(-1)!;
  const all = compared(days.map(({ rows }) => total(rows)));
  const { yesterday } = all;
  const head =
    `${service}: the tokens of ${day.date} (UTC) cost ${money(yesterday.usd)} USD, in ${whole(yesterday.requests)} requests.\n` +
    `Day before: ${money(all.before.usd)} USD${change(yesterday.usd, all.before.usd)}. ` +
    `Average of ${all.days === 1 ? '1 day' : `${all.days} days`} before: ${money(all.averageUsd)} USD${change(yesterday.usd, all.averageUsd)}.`;
  const parts = [head, ...KEYS.map((key) => table(key, comparedBy(key, days))), unpriced(day), cut(days), NOTE];
  return {
    subject: `Claude failover: ${money(yesterday.usd)} USD on ${day.date}`,
    text: parts.filter((part) => part !== '').join('\n\n'),
  };
}

export function anomalyNotice(service: string, { date }: Day, found: readonly Anomaly[]): Notice {
  const [first] = found;
  const who = found.length === 1 ? `team ${first!.team}` : `${found.length} teams`;
  return {
    // SNS takes 100 characters.
    subject: `Claude failover: unusual spend of ${who}`.slice(0, 100),
    text:
      `${service}, ${date} (UTC), at list prices:\n${found.map(({ text }) => text).join('\n')}\n\n` +
      `Which models and hosts: claude-failover spend report --by model --team <team> --month ${date.slice(0, 7)}`,
  };
}

const change = (now: number, before: number): string =>
  before > 0 ? ` (${now < before ? '' : '+'}${(100 * (now / before - 1)).toFixed(0)} %)` : '';

function table(key: (typeof KEYS)[number], all: readonly (readonly [string, Compared])[]): string {
  const rows = all
    .slice(0, MOST_LINES)
    .map(([name, { yesterday, before, averageUsd }]) => [name, ...[yesterday.usd, before.usd, averageUsd].map(money)]);
  const left = all.slice(MOST_LINES);
  const usd = total(left.map(([, { yesterday }]) => yesterday)).usd;
  const rest = left.length === 0 ? '' : `\nand ${left.length} more: ${money(usd)}`;
  return columns([[`By ${key}, USD`, 'the day', 'day before', 'average'], ...rows]) + rest;
}

function unpriced({ rows }: Day): string {
  const unknown = rows.filter((row) => row.unpriced > 0);
  if (unknown.length === 0) return '';
  const each = [...costsBy('model', unknown)].map(([model, cost]) => `${model} ${whole(cost.unpriced)}`);
  return `Not in these sums, for want of a price or of a count of tokens: ${each.join(', ')} requests.`;
}

const cut = (days: readonly Day[]): string =>
  days.some(({ isCut }) => isCut)
    ? 'There were more combinations of team, model and host than Logs Insights tells, so that the sums lack some.'
    : '';
