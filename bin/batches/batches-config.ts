import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { flag, object, wholeNumber } from '../../lambda/schema/schema-parts';
import type { BatchesProps } from '../../lib/router/batches/batches-props';
import { batchJobs, type JobsConfig, jobsSchema } from './jobs-config';

/** Message Batches that fail over. */
export interface BatchesConfig {
  /** How long one host may take before what it has not begun goes to the next, 1 to 1440. @default 720 */
  readonly patienceMinutes?: number;
  /** Batch jobs of hosts of the chain, by the host's name, for what Anthropic's batches have left. @default - none */
  readonly jobs?: JobsConfig;
  /** USD a day for which the chain is asked at full price for what no host's own batches have answered. @default 0, never */
  readonly fullPriceUsdPerDay?: number;
  /** Whether a batch of one tiny request a day shows that batches are answered. @default false */
  readonly canary?: boolean;
}

const usd =
  'must be a number of USD, 0 or more: what the chain may cost a day for what no batch has answered; default 0';

export const batchesSchema = object('Message Batches that fail over', {
  patienceMinutes: v.optional(wholeNumber(1, 1440, 'minutes one host may take before the next; default 720')),
  jobs: v.optional(jobsSchema),
  fullPriceUsdPerDay: v.optional(v.pipe(v.number(usd), v.minValue(0, usd), v.description(usd.slice(8)))),
  canary: v.optional(flag('a batch of one tiny request a day shows that batches are answered; default false')),
});

export const batchesProps = ({ patienceMinutes, jobs, ...batches }: BatchesConfig, scope: Construct): BatchesProps => ({
  ...batches,
  jobs: jobs && batchJobs(scope, jobs),
  patience: patienceMinutes === undefined ? undefined : Duration.minutes(patienceMinutes),
});
