import assert from 'node:assert/strict';
import type { Fault } from '../../../local/hosts';
import type { Checks } from '../../checks';
import type { SdkAsk, SdkProgram, SdkOutcome } from '../clients/client';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { askAs, keyOf } from '../question';
import { putKey, type SetUp } from '../set-up';
import { ANTHROPIC_KEYS } from '../stack/simulated-chain';
import type { DeployedHostName } from '../stack/test-config';

interface Scenario {
  readonly name: string;
  readonly faults?: Readonly<Partial<Record<DeployedHostName, Fault>>>;
  readonly ask?: Partial<SdkAsk>;
  readonly see: (outcome: SdkOutcome) => void;
}

/** Between two pieces, so long that their arrivals can be told apart on a busy machine. */
const DELTA_DELAY_MS = 60;
const WHOLE = /would show\.$/;

/** The complete answer, of this host, after these attempts. */
const answered = (host: DeployedHostName, trace: RegExp) => (outcome: SdkOutcome) => {
  assert.equal(outcome.error, undefined);
  assert.match(outcome.text, WHOLE);
  assert.equal(outcome.stopReason, 'end_turn');
  assert.equal(outcome.headers['x-failover-host'], host);
  assert.match(outcome.headers['x-failover-trace'] ?? '', trace);
};

const SCENARIOS: readonly Scenario[] = [
  { name: 'healthy, the primary answers', see: answered('anthropic', /^anthropic:ok$/) },
  {
    name: 'healthy, the primary answers at once',
    ask: { stream: false },
    see: answered('anthropic', /^anthropic:ok$/),
  },
  {
    name: 'with the primary overloaded (529), Bedrock answers',
    faults: { anthropic: { kind: 'overloaded' } },
    see: answered('bedrock-us-east-1', /^anthropic:overloaded/),
  },
  {
    name: 'with an overload inside the stream of the primary, Bedrock answers',
    faults: { anthropic: { kind: 'error-in-stream', afterEvents: 0 } },
    see: answered('bedrock-us-east-1', /^anthropic:overloaded/),
  },
  {
    name: 'with the primary hung, Bedrock answers',
    faults: { anthropic: { kind: 'hang' } },
    see: answered('bedrock-us-east-1', /^anthropic:timeout/),
  },
  {
    name: 'with the primary cut in its answer, the client gets a clean error and never half an answer for a whole one',
    faults: { anthropic: { kind: 'cut', afterEvents: 4 } },
    see: ({ text, stopReason, error, headers }) => {
      assert.equal(headers['x-failover-host'], 'anthropic');
      assert.ok(text.length > 0 && !WHOLE.test(text), text);
      assert.equal(stopReason, null);
      assert.equal(error?.status, 0);
      assert.match(error?.type ?? '', /_error$/, error?.message);
    },
  },
  {
    name: 'with the primary cut in its answer, a client that waits for the whole one gets that of Bedrock',
    faults: { anthropic: { kind: 'cut', afterEvents: 4 } },
    ask: { headers: { 'x-failover-commit': 'complete' } },
    see: answered('bedrock-us-east-1', /^anthropic:/),
  },
  {
    name: 'with the primary cut in an answer that is not streamed, Bedrock answers',
    faults: { anthropic: { kind: 'cut', afterEvents: 4 } },
    ask: { stream: false },
    see: answered('bedrock-us-east-1', /^anthropic:/),
  },
  {
    name: 'with the primary down and a region of Bedrock gone, the other region answers',
    faults: { anthropic: { kind: 'unavailable' }, 'bedrock-us-east-1': { kind: 'refused' } },
    see: answered('bedrock-us-west-2', /^anthropic:.*bedrock-us-east-1:connection.*bedrock-us-west-2:ok$/),
  },
  {
    name: 'with every host down, the client gets the error of the primary, and when to come again',
    faults: {
      anthropic: { kind: 'overloaded' },
      'bedrock-us-east-1': { kind: 'throttling' },
      'bedrock-us-west-2': { kind: 'unavailable' },
    },
    see: ({ error, headers }) => {
      assert.equal(error?.status, 529);
      assert.equal(error.type, 'overloaded_error');
      assert.match(headers['retry-after'] ?? '', /^\d+$/);
      assert.match(headers['request-id'] ?? '', /^req_/);
    },
  },
];

/** Whatever answers at an address, and can be made to know nothing. */
export type Driven = Pick<DeployedGateway, 'url' | 'recycle' | 'forget'>;

/** One SDK against what is deployed, with the key of a team, while hosts fail. */
export async function checkDrive(
  { check }: Checks,
  stage: Pick<SetUp, 'aws' | 'chain' | 'storeKeys'>,
  gateway: Driven,
  client: SdkProgram,
  key: string,
): Promise<void> {
  const { chain } = stage;
  const ask = askAs(client, gateway, key);

  /** From a quiet night on: every host sound, and nothing known of an outage. */
  const scenario = (name: string, run: () => Promise<void>) =>
    check(`${client.name}: ${name}`, async () => {
      await chain.heal();
      await stage.storeKeys();
      await gateway.forget();
      await run();
    });

  for (const { name, faults = {}, ask: question, see } of SCENARIOS) {
    await scenario(name, async () => {
      for (const [host, fault] of Object.entries(faults)) await chain.host(host as DeployedHostName).setFault(fault);
      see(await ask(question));
    });
  }

  await scenario('a process that starts in an outage learns of it from the health table', async () => {
    await chain.host('anthropic').setFault({ kind: 'billing' });
    answered('bedrock-us-east-1', /^anthropic:billing/)(await ask());
    await gateway.recycle();
    // It is read beside the first request, never before it.
    const aside = { headers: { 'x-failover-only': 'bedrock-us-east-1' }, prompt: `Hello sim:delay=${DELTA_DELAY_MS}` };
    answered('bedrock-us-east-1', /^bedrock-us-east-1:ok$/)(await ask(aside));
    answered('bedrock-us-east-1', /^anthropic:skipped-billing/)(await ask());
  });

  await scenario('pieces of an answer arrive one by one, as the host sends them', async () => {
    const { arrivals } = await ask({ prompt: `Hello sim:delay=${DELTA_DELAY_MS}` });
    const gaps = arrivals.slice(1).map((time, at) => time - (arrivals[at] ?? 0));
    const apart = gaps.filter((gap) => gap > DELTA_DELAY_MS / 4).length;
    const sent = gaps.length * DELTA_DELAY_MS;
    const spread = arrivals.at(-1) ?? 0;
    const all = gaps.map((gap) => gap.toFixed()).join(' ');
    console.log(`        ${arrivals.length} pieces within ${spread.toFixed()} ms, sent within ${sent}; gaps ${all}`);
    assert.ok(arrivals.length >= 8 && spread > sent * 0.7 && apart > gaps.length * 0.7, all);
  });

  await scenario('a key is rotated in Secrets Manager, and no client and no deployment notices', async () => {
    answered('anthropic', /^anthropic:ok$/)(await ask());
    await putKey(stage.aws, 'anthropic', ANTHROPIC_KEYS[1]);
    await chain.host('anthropic').setFault({ kind: 'expired-credential', key: ANTHROPIC_KEYS[0] });
    answered('anthropic', /^anthropic:credential, anthropic:ok$/)(await ask());
  });

  await scenario('with an expired key Bedrock answers, until the new one is in Secrets Manager', async () => {
    await chain.host('anthropic').setFault({ kind: 'expired-credential', key: ANTHROPIC_KEYS[0] });
    answered('bedrock-us-east-1', /^anthropic:credential/)(await ask());
    await putKey(stage.aws, 'anthropic', ANTHROPIC_KEYS[1]);
    // Who has met the old key, and whom the table tells of it, asks again after a minute.
    await gateway.forget();
    answered('anthropic', /^anthropic:ok$/)(await ask());
  });

  await chain.heal();
}

/** Lambda gives a process to one request at a time. */
export async function checkConcurrency({ check }: Checks, gateway: DeployedGateway, client: SdkProgram): Promise<void> {
  await check(
    'requests at the same time have processes of their own, each of which is kept for a next request',
    async () => {
      const ask = askAs(client, gateway, keyOf(gateway, 'product'));
      const askAll = async () => {
        const outcomes = await Promise.all([1, 2, 3].map(() => ask({ prompt: `Hello sim:delay=${DELTA_DELAY_MS}` })));
        for (const outcome of outcomes) answered('anthropic', /^anthropic:ok$/)(outcome);
      };
      const started = () => [...gateway.pools.values()].map((pool) => pool.started);
      await gateway.forget();
      const before = started();
      await askAll();
      const after = started();
      assert.deepEqual(
        after.map((count, at) => count - (before[at] ?? 0)),
        [3, 3],
      );
      await askAll();
      assert.deepEqual(started(), after);
    },
  );
}
