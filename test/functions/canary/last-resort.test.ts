import { checkHost } from '../../../lambda/functions/canary/checks/check-host';
import { createHostAsk } from '../../../lambda/functions/canary/checks/host-ask';
import { withLastResort } from '../../../lambda/functions/canary/checks/last-resort';
import { Rotation } from '../../../lambda/functions/canary/rotation';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { resolveModels } from '../../../lib/catalog/resolve';
import { OTHER_SHAPES } from '../../../lib/contract';
import { startSimulatedHost, type SimulatedHost } from '../../../local/hosts';
import { AWS, ENV, GOOGLE, HOST_SETUPS } from '../../e2e/host-setups';

/** Two of each, of which the hosts have both. */
const MODELS = {
  openai: ['gpt-5.2', 'gpt-4.1'],
  'azure-openai': ['my-gpt', 'my-other'],
  'vertex-gemini': ['google/gemini-3-pro', 'google/gemini-3-flash'],
  'bedrock-models': ['openai.gpt-oss-120b-1:0', 'openai.gpt-oss-20b-1:0'],
  messages: ['qwen3-coder', 'qwen3-other'],
} as const;
type Kind = keyof typeof MODELS;
const KINDS = Object.keys(MODELS) as Kind[];
const DAY = 24 * 60;

let closed: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closed.map((close) => close()));
  closed = [];
});

async function start(kind: Kind, models: readonly string[]) {
  const host: SimulatedHost = await startSimulatedHost({
    name: kind,
    deltaDelayMs: 0,
    aws: AWS,
    google: GOOGLE,
    ...HOST_SETUPS[kind].simulated,
  });
  const config = withLastResort(
    parseConfig(
      JSON.stringify({
        hosts: [HOST_SETUPS.anthropic.config('http://127.0.0.1:9'), HOST_SETUPS[kind].config(host.url)],
        models: ['claude-haiku-5-5'],
        routes: [{ chain: ['anthropic'], lastResort: models.map((model) => ({ host: kind, model })) }],
      }),
    ),
  );
  const asking = createHostAsk(config, ENV, systemClock, Math.random);
  closed.push(
    () => asking.close(),
    () => host.close(),
  );
  const rotation = (dailyBudgetUsd: number): Rotation =>
    new Rotation({
      hosts: config.hosts,
      models: asking.models,
      endpoint: false,
      intervalMinutes: 1,
      dailyBudgetUsd,
    });
  const check = (model: string, shape: (typeof OTHER_SHAPES)[number]) =>
    checkHost(
      { host: kind, model, shape },
      { ask: asking.ask, models: asking.models, clock: systemClock, slowMs: 5000 },
    );
  return { host, check, rotation };
}

it.each(KINDS)('%s: each model of a last resort is asked for text and for a tool, on its own wire', async (kind) => {
  const { host, check } = await start(kind, MODELS[kind]);
  for (const model of MODELS[kind]) {
    for (const shape of OTHER_SHAPES) {
      const { outcome, detail, trace } = await check(model, shape);
      expect([shape, outcome, detail, trace]).toEqual([shape, 'ok', undefined, `${kind}:ok`]);
    }
  }
  expect(host.answered).toBe(4);
});

it('what is wrong there is found under the name of the host and of its model', async () => {
  const { host, check } = await start('openai', ['gpt-5.2']);
  await host.setFault({ kind: 'expired-credential' });
  expect(await check('gpt-5.2', 'other-text')).toMatchObject({
    host: 'openai',
    model: 'gpt-5.2',
    outcome: 'credential',
  });
});

it('a last resort is asked four times a day, once with a tool, never to count tokens, and within the budget', async () => {
  const { rotation } = await start('openai', ['gpt-5.2']);
  const usual = rotation(0.5);
  const minutes = Array.from({ length: DAY }, (_, minute) => 29_000_000 + minute);
  const asked = minutes.flatMap((minute) => usual.due(minute)).filter(({ host }) => host === 'openai');
  expect(asked.filter(({ shape }) => shape === 'other-text')).toHaveLength(4);
  expect(asked.filter(({ shape }) => shape === 'other-tool')).toHaveLength(1);
  expect(asked).toHaveLength(5);
  expect(usual.free(29_000_000).map(({ host }) => host)).toEqual(['anthropic']);
  expect(usual.dailyUsd).toBeLessThanOrEqual(0.5);
});

it.each([
  ['with a list price', { kind: 'openai', keys: [{ env: 'OTHER_KEY' }] } as const, 'gpt-5.4', 4],
  [
    'that costs nobody knows what',
    { kind: 'azure-openai', resource: 'r', keys: [{ env: 'OTHER_KEY' }] } as const,
    'own',
    5,
  ],
])('a last resort %s leaves to the chain what it needs of the usual budget', (_price, other, model, minutes) => {
  const config = withLastResort({
    // Those of failover.config.ts.
    hosts: [
      { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'ANTHROPIC_KEY' }] },
      { name: 'bedrock-us-east-1', kind: 'bedrock', region: 'us-east-1', profile: 'global' },
      { name: 'bedrock-us-west-2', kind: 'bedrock', region: 'us-west-2', profile: 'us' },
      { name: 'other', ...other },
    ],
    models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],
    routes: [{ chain: ['anthropic'], lastResort: [{ host: 'other', model }] }],
  });
  const dailyBudgetUsd = 0.129;
  const models = resolveModels(config.models);
  const usual = new Rotation({ hosts: config.hosts, models, endpoint: true, intervalMinutes: 1, dailyBudgetUsd });
  expect(usual.modelMinutes).toBe(minutes);
  expect(usual.dailyUsd).toBeLessThanOrEqual(dailyBudgetUsd);
});
