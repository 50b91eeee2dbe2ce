import { BATCH_SHARE } from '../../../../lib/catalog/prices';
import type { Usage } from '../../../engine/answer';
import type { Headers } from '../../../engine/headers';
import type { Spend } from '../spend';
import { BatchEstimate } from './batch-estimate';
import type { BatchLedger } from './batch-ledger';
import type { ChargedAccount } from './charged-account';

/**
 * What batches cost. They take longer than anything is held back for, so that their estimate is spent when they are made, and
 * what they have cost takes its place when somebody has read their results.
 */
export class BatchSpend {
  constructor(
    private readonly spend: Spend,
    /** Of those that go to their host as they come. */
    readonly ledger: BatchLedger,
  ) {}

  estimate(team: string | undefined, headers: Headers): BatchEstimate {
    return new BatchEstimate(this.spend, team, headers);
  }

  /** Millionths of a dollar. */
  price(host: string, model: string, usage: Usage): number {
    return Math.round(this.spend.price(host, model, usage) * BATCH_SHARE);
  }

  /** Puts what a batch has cost, by model, in the place of its estimate, in the windows in which it was made. Once a batch. */
  settle(accounts: readonly ChargedAccount[], costs: ReadonlyMap<string, number>): void {
    const all = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
    for (const { scope, window, micros, model } of accounts) {
      const cost = model === undefined ? all : (costs.get(model) ?? 0);
      if (cost !== micros) this.spend.parts.allowances.again(scope, window).settle(cost - micros, undefined);
    }
  }
}
