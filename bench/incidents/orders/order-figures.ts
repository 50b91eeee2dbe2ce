import { START, turnOf } from '../run-traffic';
import { servedBy, type LedgerEntry } from '../world/ledger';
import { placeOf } from './conversations';

/** What an order comes to in one incident. */
export interface OrderFigures {
  readonly requests: number;
  readonly failed: number;
  /** Turns of conversations that had begun and found no prompt cache: it was at another host. */
  readonly misses: number;
  /** What prompts cost, in percent of what they would if no cache were lost. */
  readonly promptCost: number;
  /** What everything costs by the hosts' prices, in percent of the same at list price with no cache lost. */
  readonly cost: number;
  /** Mean milliseconds to the first content, while the incident lasts. */
  readonly firstContentMs: number;
  /** Percent of the answers by host. */
  readonly shares: Readonly<Record<string, number>>;
}

/** By the price of a token of a prompt that no cache has. */
const [READ, WRITTEN, ANSWER] = [0.1, 1.25, 5];
/** A prompt cache lives so long without a turn. */
const CACHE_MS = 300_000;
/** What hosts take by list price: a discount, and the surcharge of a geographic profile. */
export const PRICES: Readonly<Record<string, number>> = { 'bedrock-a': 0.85, 'bedrock-b': 1.1 };

/** `slowness`: how many times as long a host's first content takes then. */
export function orderFigures(
  records: readonly LedgerEntry[],
  span: { readonly from: number; readonly to: number },
  slowness: (host: string, at: number) => number,
): OrderFigures {
  const caches = new Map<string, { readonly host: string; readonly at: number }>();
  const sums = { misses: 0, prompts: 0, ideal: 0, cost: 0, idealCost: 0, waited: 0, during: 0 };
  const counts: Record<string, number> = {};
  for (const record of records) {
    const host = servedBy(record);
    if (host === undefined) continue;
    counts[host] = (counts[host] ?? 0) + 1;
    const asked = turnOf(record.number);
    const { id, turns } = placeOf(asked);
    const known = caches.get(id);
    const isRead = known?.host === host && record.at - known.at < CACHE_MS;
    caches.set(id, { host, at: record.at });
    // Those that had begun before the first minute began somewhere nobody saw.
    const isBegun = turns > 0 && (known !== undefined || record.at - START > CACHE_MS);
    if (isBegun && !isRead) sums.misses += 1;
    const ideal = asked.input * (isBegun ? READ : WRITTEN);
    const paid = asked.input * (isRead ? READ : WRITTEN);
    sums.prompts += paid;
    sums.ideal += ideal;
    sums.cost += (paid + ANSWER * asked.output) * (PRICES[host] ?? 1);
    sums.idealCost += ideal + ANSWER * asked.output;
    if (record.at < span.from || record.at >= span.to) continue;
    sums.waited += asked.firstTokenMs * slowness(host, record.at);
    sums.during += 1;
  }
  const served = Object.values(counts).reduce((all, count) => all + count, 0);
  return {
    requests: records.length,
    failed: records.filter(({ delivered }) => !delivered).length,
    misses: sums.misses,
    promptCost: (100 * sums.prompts) / sums.ideal,
    cost: (100 * sums.cost) / sums.idealCost,
    firstContentMs: sums.waited / sums.during,
    shares: Object.fromEntries(Object.entries(counts).map(([host, count]) => [host, (100 * count) / served])),
  };
}
