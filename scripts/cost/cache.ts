import { prices } from '../../docs/prices.json';

/** Of an answer with its key, zipped and as text: what an item of the table has. */
const ITEM_KB = 2;
const READ_UNIT_KB = 4;

/** What a response cache asks for a million requests, by the share of them that it answers. */
export function cacheUsd(share: number): number {
  const reads = Math.ceil(ITEM_KB / READ_UNIT_KB) / 2;
  const writes = (1 - share) * ITEM_KB;
  const usd = ({ usd: price, per }: { usd: number; per: number }): number => (1e6 * price) / per;
  return reads * usd(prices.tableRead) + writes * usd(prices.tableWrite);
}
