import type { Duration } from 'aws-cdk-lib';
import type { BatchJobs } from './jobs/batch-jobs';

/** Message Batches that fail over: Anthropic's own batches answer first, then batch jobs of the clouds, then the chain, at full price and as far as you pay for it. */
export interface BatchesProps {
  /**
   * How long one host may take for what it has been given, in whole seconds from 1 minute to 24 hours. What it has not begun by then is
   * cancelled there and goes to the next.
   * @default Duration.hours(12)
   */
  readonly patience?: Duration;
  /**
   * Batch jobs of hosts of the chain, at half the price, for what Anthropic's batches have left; each host once.
   * @default - none
   */
  readonly jobs?: BatchJobs[];
  /**
   * USD a day, by UTC and over all clients, 0 or more, for which the router itself asks what no host's own batches have answered, at full price.
   * @default 0 - never
   */
  readonly fullPriceUsdPerDay?: number;
  /**
   * Whether a batch of one tiny request a day shows that batches are answered; the alarm `batchCanary` tells if not. Not with
   * `RouterShape.fargate()`, where no schedule wakes a worker.
   * @default false
   */
  readonly canary?: boolean;
}
