import { microsOf } from '../../../engine/allowance/money';
import type { Shard } from '../../../engine/batches/shard';
import type { Spend } from '../../spend/spend';
import type { BatchCharge, BatchRecord } from '../state/batch-record';

/** What hosts' own batches have cost takes the place of what the batch was estimated at. What went through the chain was counted there. */
export async function settleCharge(
  spend: Spend,
  { groups }: Pick<BatchRecord, 'groups'>,
  { accounts, models }: BatchCharge,
  shards: readonly Shard[],
): Promise<void> {
  const costs = new Map<string, number>();
  let first = 0;
  groups.forEach((count, group) => {
    const usd = shards.slice(first, first + count).reduce((sum, { costUsd }) => sum + costUsd, 0);
    first += count;
    const model = models[group]!;
    costs.set(model, (costs.get(model) ?? 0) + microsOf(usd));
  });
  spend.batches.settle(accounts, costs);
  // The worker may stand still from now on.
  await spend.settled();
}
