import { batches } from './checks/batches';
import { identity } from './checks/identity';
import { inferenceProfiles } from './checks/inference-profiles';
import { keys } from './checks/keys';
import { modelAccess } from './checks/model-access';
import { quotas } from './checks/quotas';
import { subscriptions } from './checks/subscriptions';
import { topics } from './checks/topics';
import type { Deployed } from './deployed';
import type { Diagnosis } from './diagnosis';

export { regions } from './checks/regions/regions';
export { testPage } from './checks/test-page';

/** What only a stack in AWS has. In a module of its own: the clients take a while to load. */
export const CHECKS: readonly (readonly [
  name: string,
  check: (deployed: Deployed, now: number) => Promise<readonly Diagnosis[]>,
])[] = [
  ['identity', identity],
  ['keys', keys],
  ['model access', modelAccess],
  ['profiles', inferenceProfiles],
  ['quotas', quotas],
  ['subscriptions', subscriptions],
  ['topics', topics],
  ['batches', batches],
];
