import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHealthStore } from '../../../../lambda/gateway/state/health-store';
import type { Checks } from '../../../checks';
import { awsEnv } from '../../aws';
import { checkDrive, type Driven } from '../../checks/drive-checks';
import type { SdkOutcome, SdkProgram } from '../../clients/client';
import { askAs } from '../../question';
import type { ShapesSetUp } from '../set-up';

export interface DrivenShape extends Driven {
  readonly name: string;
  readonly healthTable: string;
}

const MB = 1024 * 1024;

/** The faults of the drive, and then what API Gateway does elsewhere. */
export async function checkShape(
  checks: Checks,
  stage: ShapesSetUp,
  shape: DrivenShape,
  client: SdkProgram,
): Promise<void> {
  const inShape: Checks = { ...checks, check: (name, run) => checks.check(`${shape.name}: ${name}`, run) };
  await checkDrive(inShape, stage, shape, client, await stage.keyOf('product'));
  await checkOwnLimits(checks, stage, shape, client);
}

/** What the shapes beside the Lambda function do by themselves. */
export async function checkOwnLimits(
  { check }: Checks,
  stage: ShapesSetUp,
  shape: DrivenShape,
  client: SdkProgram,
): Promise<void> {
  const { chain, emulator } = stage;
  const named = (what: string): string => `${shape.name}: ${what}`;
  const ask = askAs(client, shape, await stage.keyOf('product'));
  await shape.forget();

  await check(named('a wrong key is refused, and one that is nearly right'), async () => {
    for (const key of ['short', 'a-key-that-nobody-has-given', `${await stage.keyOf('product')}x`]) {
      refused(await ask({ key }), 401, 'authentication_error');
    }
  });

  await check(named('a team that is over its rate is told when to come back, and no other is held up'), async () => {
    const { headers } = await untilRefused(askAs(client, shape, await stage.keyOf('slow')));
    assert.match(headers['retry-after'] ?? '', /^[12]$/);
    assert.equal(headers['anthropic-ratelimit-requests-remaining'], '0');
    assert.equal((await ask({ stream: false })).error, undefined);
  });

  await check(named('a team whose quota is used up is told not to try again, by a new process as well'), async () => {
    const small = askAs(client, shape, await stage.keyOf('small'));
    const { headers } = await untilRefused(small);
    assert.equal(headers['x-should-retry'], 'false');
    await untilTold(stage, shape.healthTable, small);
    await shape.recycle();
    // Two a day are allowed, and a new process reads beside its first request what was used.
    await small({ stream: false });
    refused(await small({ stream: false }), 429, 'rate_limit_error');
  });

  await check(named('a prompt of 20 MB is answered'), async () => {
    const only = { headers: { 'x-failover-only': 'anthropic' } };
    const { error, stopReason } = await ask({ prompt: 'x'.repeat(20 * MB), stream: false, ...only });
    assert.deepEqual([error, stopReason], [undefined, 'end_turn']);
  });

  await check(named('an operator drains the primary by the table, and takes that back'), async () => {
    const store = createHealthStore(shape.healthTable, awsEnv(emulator.url));
    const at = Date.now();
    await store.write({ type: 'override', host: 'anthropic', action: 'drain', at, until: at + 600_000, by: 'test' });
    await shape.recycle();
    // The table is read beside the first request.
    await ask();
    const { headers } = await ask();
    assert.equal(headers['x-failover-host'], 'bedrock-us-east-1');
    await shape.forget();
    assert.equal((await ask()).headers['x-failover-host'], 'anthropic');
  });
  await chain.heal();
}

export function refused({ error }: SdkOutcome, status: number, type: string): void {
  assert.deepEqual([error?.status, error?.type], [status, type], error?.message);
}

/** What a process has counted it tells the table with a request that comes some seconds later, one that is refused as well. */
async function untilTold({ aws }: ShapesSetUp, TableName: string, ask: ReturnType<typeof askAs>): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    await ask({ stream: false });
    const { Items = [] } = await aws.dynamoDb.scan({ TableName });
    if (Items.some(({ entry }) => entry?.S?.startsWith('quota#small'))) return;
    await sleep(250);
  }
  throw new Error('the table was not told of the quota');
}

async function untilRefused(ask: ReturnType<typeof askAs>): Promise<SdkOutcome> {
  for (let asked = 0; asked < 10; asked += 1) {
    const outcome = await ask({ stream: false });
    if (outcome.error === undefined) continue;
    refused(outcome, 429, 'rate_limit_error');
    return outcome;
  }
  throw new Error('nothing was refused');
}
