import type { Deployed } from '../../deployed';
import { type Diagnosis, problem } from '../../diagnosis';
import { certificates } from './certificates';
import { clientKeys } from './client-keys';
import { healthChecks } from './health-checks';
import { replicas } from './replicas';
import { sameCode, sameConfiguration } from './same';

const CHECKS = [sameCode, sameConfiguration, clientKeys, replicas, certificates, healthChecks] as const;

/** Whether the other region could take over: alike in all that clients see, and well. One that cannot be looked at hides no other. */
export async function regions(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  const found = await Promise.all(
    CHECKS.map(async (check) => {
      try {
        return await check(own, other);
      } catch (error) {
        const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return [
          problem(check.name, `could not be looked at: ${why}`, 'Run the doctor as somebody who may read both regions'),
        ];
      }
    }),
  );
  return found.flat();
}
