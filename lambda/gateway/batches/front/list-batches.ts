import { GatewayError } from '../../gateway-error';
import type { Client } from '../../plan/clients';
import type { BatchRecord } from '../state/batch-record';
import type { BatchTable } from '../state/batch-table';

const PAGE = { usual: 20, most: 1000 };

export interface BatchPage {
  readonly records: readonly BatchRecord[];
  readonly hasMore: boolean;
}

/** A client's batches, the newest first; behind `after_id`, or those next before `before_id`. */
export async function listBatches(table: BatchTable, client: Client, query: string): Promise<BatchPage> {
  const asked = new URLSearchParams(query);
  const limit = limitOf(asked.get('limit'));
  const above = asked.get('before_id');
  const below = asked.get('after_id');
  const bound = above !== null ? { above } : below !== null ? { below } : undefined;
  const found = await table.batches(client.name, limit + 1, bound);
  // The one too many is farthest from the bound.
  const records = above === null ? found.slice(0, limit) : found.slice(-limit);
  return { records, hasMore: found.length > limit };
}

function limitOf(text: string | null): number {
  const limit = text === null ? PAGE.usual : Number(text);
  const refuse = (what: string): never => {
    throw new GatewayError(400, `limit: ${what}`);
  };
  if (!Number.isInteger(limit)) refuse('Input should be a valid integer, unable to parse string as an integer');
  if (limit < 1) refuse('Input should be greater than or equal to 1');
  if (limit > PAGE.most) refuse(`Input should be less than or equal to ${PAGE.most}`);
  return limit;
}
