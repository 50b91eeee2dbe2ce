import assert from 'node:assert/strict';
import type { Checks } from '../../checks';
import type { SdkProgram, SdkOutcome } from '../clients/client';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { askAs, keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';

const MB = 1024 * 1024;
/** Instead of 15 minutes: less than the 3 seconds after which the router leaves a host that hangs. */
const SHORT_LIMIT_MS = 2_000;

/** What API Gateway and Lambda say by themselves, in the words of the deployed API. */
export async function checkLimits(
  { check }: Checks,
  stage: SetUp,
  deployment: Deployment,
  gateway: DeployedGateway,
  client: SdkProgram,
): Promise<void> {
  const ask = askAs(client, gateway, keyOf(gateway, 'product'));
  await gateway.forget();

  await check(`${client.name}: a wrong key is an authentication error`, async () => {
    refused(await ask({ key: 'a-key-that-nobody-has-given' }), 401, 'authentication_error', /invalid gateway key/);
    refused(await ask({ key: 'short' }), 401, 'authentication_error', /no gateway key/);
  });

  await check(`${client.name}: a team that is over its rate is told to come back in a second`, async () => {
    const slow = askAs(client, gateway, keyOf(gateway, 'slow'));
    const { headers } = await askUntilRefused(slow, /rate limit/);
    assert.equal(headers['retry-after'], '1');
    assert.equal((await ask({ stream: false })).error, undefined, 'another team is not held up');
  });

  await check(`${client.name}: a team whose quota is used up is told not to try again`, async () => {
    const { headers } = await askUntilRefused(askAs(client, gateway, keyOf(gateway, 'small')), /quota/);
    assert.equal(headers['x-should-retry'], 'false');
  });

  await check(
    `${client.name}: a request of 5 MB is answered, one that Lambda or API Gateway does not take is too large`,
    async () => {
      assert.equal(
        (await ask({ prompt: 'x'.repeat(5 * MB), headers: { 'x-failover-only': 'anthropic' } })).error,
        undefined,
      );
      for (const size of [7 * MB, 11 * MB]) {
        refused(await ask({ prompt: 'x'.repeat(size) }), 413, 'request_too_large', /6 MB/);
      }
    },
  );

  await check(
    `${client.name}: an answer that takes longer than API Gateway waits is a timeout, or breaks off`,
    async () => {
      const short = await stage.run(deployment, { poolSize: 1, limitMs: SHORT_LIMIT_MS });
      try {
        const impatient = askAs(client, short, keyOf(short, 'product'));
        assert.equal((await impatient()).error, undefined);
        await stage.chain.host('anthropic').setFault({ kind: 'stall', afterEvents: 4 });
        const { text, error } = await impatient();
        assert.ok(text.length > 0);
        assert.equal(error?.status, 0);
        await short.forget();
        await stage.chain.host('anthropic').setFault({ kind: 'hang' });
        refused(await impatient(), 504, 'timeout_error', /in time/);
      } finally {
        await stage.chain.heal();
        await short.close();
      }
    },
  );
}

function refused({ error, headers }: SdkOutcome, status: number, type: string, message: RegExp): void {
  assert.equal(error?.status, status, error?.message);
  assert.equal(error.type, type);
  assert.match(error.message, message);
  assert.equal(error.requestId, headers['x-amzn-requestid']);
}

/** A bucket may fill while one asks, so it is asked more often than it takes. */
async function askUntilRefused(ask: ReturnType<typeof askAs>, message: RegExp): Promise<SdkOutcome> {
  for (let asked = 0; asked < 20; asked += 1) {
    const outcome = await ask({ stream: false });
    if (outcome.error === undefined) continue;
    refused(outcome, 429, 'rate_limit_error', message);
    return outcome;
  }
  throw new Error('nothing was refused');
}
