import assert from 'node:assert/strict';
import type { Checks } from '../../../checks';
import { typescriptClient } from '../../clients/typescript-client';
import type { RunningService } from '../fargate/running-service';
import type { ShapesSetUp } from '../set-up';
import { lost, startTraffic } from '../traffic';

/** A new version takes the place of the old one. */
export async function checkRolling({ check }: Checks, stage: ShapesSetUp, service: RunningService): Promise<void> {
  await check(
    'fargate: tasks are replaced one after the other, told to stop in the middle of answers: no request is lost',
    async () => {
      const traffic = startTraffic(typescriptClient, service.url, await stage.keyOf('product'));
      const codes = await service.roll();
      const seen = await traffic.end();
      assert.deepEqual(lost(seen), []);
      assert.deepEqual(
        codes,
        codes.map(() => 0),
      );
      assert.equal(service.balancer.ownErrors, 0);
      console.log(`        ${seen.length} answers while ${codes.length} tasks were replaced`);
    },
  );
}
