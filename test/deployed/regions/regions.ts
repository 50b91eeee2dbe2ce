import assert from 'node:assert/strict';
import { regionalName } from '../../../lib/contract';
import { createChecks } from '../../checks';
import { pairClient } from './client';
import { LOSSES, type Loss } from './losses';
import { PAIR_NAME, type PairRegion, stackOf } from './names';
import { ALIAS_TTL, createResolver } from './resolver';
import { type RegionSetUp, type RunningRegion, setUpRegions } from './set-up';

const [FIRST, SECOND] = ['us-east-1', 'us-west-2'] as const satisfies readonly PairRegion[];
/** Every two seconds somebody asks, from five looks before the loss on. */
const STEP = 2;
const BEFORE = 20;
const WATCHED = 70;
/** With looks every ten seconds. */
const DETECTED_WITHIN = 60;

const checks = createChecks();
const { check } = checks;

interface Story {
  /** Seconds from the loss until Route 53 sends clients elsewhere. */
  readonly detected: number | undefined;
  /** Failed requests of a client without retries, of one that retries once, and of one that retries by the other region's own name. */
  readonly before: Failed;
  readonly after: Failed;
}
interface Failed {
  plain: number;
  retried: number;
  elsewhere: number;
}

async function live(stage: RegionSetUp, regions: readonly RunningRegion[], loss: Loss): Promise<Story> {
  const [first, second] = regions as [RunningRegion, RunningRegion];
  const addressOf = (host: string): string => {
    const domain = resolver.target(host);
    const region = regions.find((each) => domain?.includes(`.${each.region}.`));
    if (region === undefined) throw new Error(`no record leads from ${host} to a region`);
    return region.address;
  };
  const key = await first.keyOf('Gateway key of team product');
  assert.equal(key, await second.keyOf('Gateway key of team product'));
  const client = pairClient(addressOf, first.port, key);
  const resolver = await createResolver(stage.aws[FIRST].route53, stage.zoneId, FIRST, client.look);
  const other = regionalName(PAIR_NAME, SECOND);
  const story = { detected: undefined as number | undefined, before: none(), after: none() };
  try {
    for (let second = -BEFORE; second <= WATCHED; second += STEP) {
      if (second === 0) await loss.strike(stage, first);
      for (let step = 0; step < STEP; step += 1) {
        await resolver.advance(second + step + BEFORE);
        if (story.detected === undefined && !resolver.isHealthy(FIRST)) story.detected = second + step;
      }
      const failed = story.detected === undefined ? story.before : story.after;
      const answered = await client.ask(PAIR_NAME, 0);
      if (!answered) failed.plain += 1;
      if (!(await client.ask(PAIR_NAME, 1))) failed.retried += 1;
      if (!answered && !(await client.ask(other, 0))) failed.elsewhere += 1;
    }
    return story;
  } finally {
    await client.close();
  }
}

const none = (): Failed => ({ plain: 0, retried: 0, elsewhere: 0 });
const NOBODY = none();

async function run(stage: RegionSetUp): Promise<void> {
  const { cdk, door } = stage;
  await check('the first region is deployed by its name, and needs nothing of the second', async () => {
    door.take(SECOND, 's3');
    door.take(SECOND, 'cloudformation');
    await cdk.deployAlone(stackOf(FIRST));
    door.restore();
  });
  await check('the second region is deployed while the first one is down: no call goes there', async () => {
    door.take(FIRST, '*');
    door.calls(FIRST);
    await cdk.deployAlone(stackOf(SECOND));
    assert.deepEqual(door.calls(FIRST), []);
    door.restore();
  });
  await stage.storeKey();
  let first = await stage.run(FIRST);
  const second = await stage.run(SECOND, first.port);
  try {
    for (const loss of LOSSES) {
      await check(
        `${FIRST}: ${loss.name}; ${loss.leaves ? 'clients go to the other region' : 'it serves all the same'}`,
        async () => {
          const { detected, before, after } = await live(stage, [first, second], loss);
          console.log(
            `        ${detected === undefined ? 'stays green' : `red after ${detected} s, kept by resolvers for up to ${ALIAS_TTL} s more`}; failed before: ` +
              `${before.plain} without retry, ${before.retried} with one, ${before.elsewhere} with one elsewhere; after: ${after.plain}`,
          );
          assert.deepEqual(after, NOBODY);
          assert.equal(before.elsewhere, 0);
          if (!loss.leaves) assert.deepEqual([detected, before], [undefined, NOBODY]);
          else assert.ok(detected !== undefined && detected <= DETECTED_WITHIN, String(detected));
        },
      );
      await Promise.all(Object.values(stage.hosts).map((host) => host.setFault()));
      door.restore();
      await first.close();
      if (loss !== LOSSES.at(-1)) first = await stage.run(FIRST, second.port);
    }
  } finally {
    await second.close();
  }
}

void checks.runToItsEnd('two regions under one name run to their end', setUpRegions, run);
