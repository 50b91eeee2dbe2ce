import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RouterConfig } from '../../contract';
import { BATCH_LIMITS } from '../../contract/batches/batch-names';
import { ValidationError } from '../../validation-error';
import { otherRegions } from '../shape/other-regions';
import type { ShapeSettings } from '../shape/router-shape';
import type { BatchesProps } from './batches-props';

/** What would fail at deployment, or at the first batch. */
export function checkBatches(
  scope: Construct,
  { patience, fullPriceUsdPerDay: usd = 0, canary, jobs = [] }: BatchesProps,
  { hosts }: RouterConfig,
  settings: ShapeSettings,
): void {
  const refuse = (text: string): never => {
    throw new ValidationError(scope, text);
  };
  if (otherRegions(scope, settings).length > 0) {
    refuse(
      "'batches' are in the stack's region, and a router in another does not know them; leave out 'batches', or 'regions' of " +
        'RouterShape.webFunction()',
    );
  }
  if (canary && settings.kind === 'fargate') {
    refuse(
      "'batches.canary' needs schedules, and a router on Fargate works its batches off itself; leave it out, or take another shape",
    );
  }
  if (patience !== undefined && !patience.isUnresolved()) {
    const [min, max] = BATCH_LIMITS.patienceMs;
    const ms = patience.toMilliseconds({ integral: false });
    if (ms < min || ms > max || !Number.isInteger(ms / 1000)) {
      refuse(`'batches.patience' must be whole seconds from 1 minute to 24 hours, got ${patience.toHumanString()}`);
    }
  }
  if (Token.isUnresolved(usd)) return;
  if (!(Number.isFinite(usd) && usd >= 0)) {
    refuse(`'batches.fullPriceUsdPerDay' must be a number of USD, 0 or more, got ${usd}`);
  }
  if (usd === 0 && jobs.length === 0 && !hosts.some(({ kind }) => kind === 'anthropic')) {
    refuse(
      "'batches': no host of the chain takes any; add Host.anthropic(), give 'jobs' of a cloud, or say by 'fullPriceUsdPerDay' what the chain may cost a day",
    );
  }
}
