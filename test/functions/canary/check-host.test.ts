import { CANARY_SHAPES, type Finding } from '../../../lib/contract';
import type { Fault } from '../../../local/hosts';
import { ENV, HOST_NAMES, type HostName } from '../../e2e/host-setups';
import { MODELS, startHosts, type CheckedHosts } from './hosts';

let hosts: CheckedHosts;
afterEach(() => hosts.close());

const FOUR: readonly HostName[] = ['anthropic', 'bedrock', 'bedrock-invoke', 'vertex'];

it.each(HOST_NAMES)('%s: a sound host passes every shape for every model, as its own wire has them', async (name) => {
  hosts = await startHosts([name]);
  // Its native door has only the newer ones.
  for (const model of name === 'bedrock' ? MODELS.slice(0, 3) : MODELS) {
    for (const shape of CANARY_SHAPES) {
      const result = await hosts.check({ host: name, model, shape });
      expect([model, shape, result.outcome, result.detail]).toEqual([model, shape, 'ok', undefined]);
      expect(result).toMatchObject({ status: 200, trace: `${name}:ok` });
      expect(result.usage === undefined).toBe(shape === 'count-tokens');
    }
  }
});

it('asks the host it names and no other', async () => {
  hosts = await startHosts(FOUR);
  await hosts.check({ host: 'vertex' });
  expect(FOUR.map((name) => hosts.host(name).answered)).toEqual([0, 0, 0, 1]);
  expect(JSON.stringify(hosts.host('vertex').requests)).not.toContain('x-failover');
});

const EVERYWHERE: readonly (readonly [string, Fault, Finding])[] = [
  ['a retired model id', { kind: 'not-found-model' }, 'stale-model'],
  ['an expired credential', { kind: 'expired-credential' }, 'credential'],
  ['a model that is not enabled', { kind: 'model-not-enabled' }, 'not-enabled'],
  ['an unpaid bill', { kind: 'billing' }, 'billing'],
  ['throttling', { kind: 'throttling', retryAfter: 30 }, 'throttled'],
  ['an unknown field', { kind: 'unknown-field', field: 'max_tokens' }, 'rejected'],
  ['a refused connection', { kind: 'refused' }, 'network'],
  ['a reset connection', { kind: 'reset' }, 'network'],
  ['an overloaded host', { kind: 'overloaded' }, 'outage'],
  ['a failing host', { kind: 'server-error' }, 'outage'],
  ['a page instead of an answer', { kind: 'html' }, 'wrong-answer'],
];

it.each([...EVERYWHERE])('%s is found on every host', async (_, fault, finding) => {
  hosts = await startHosts(FOUR);
  for (const name of FOUR) {
    await hosts.host(name).setFault(fault);
    const { outcome, detail, reason } = await hosts.check({ host: name });
    expect([name, outcome]).toEqual([name, finding]);
    expect(detail).toBeTruthy();
    expect(reason).toBeTruthy();
  }
});

it('a spend limit is quota that is used up', async () => {
  hosts = await startHosts(['anthropic']);
  await hosts.host('anthropic').setFault({ kind: 'spend-limit' });
  expect(await hosts.check({})).toMatchObject({ outcome: 'quota' });
});

it('a placeholder is told from a key that is refused, and nothing is sent', async () => {
  hosts = await startHosts(['anthropic'], { ...ENV, ANTHROPIC_KEY: 'REPLACE_ME' });
  const { outcome, detail } = await hosts.check({});
  expect([outcome, detail]).toEqual([
    'placeholder',
    'host anthropic: the key in environment variable ANTHROPIC_KEY is still a placeholder; put the real key there',
  ]);
  expect(hosts.host('anthropic').requests).toEqual([]);
});

it('a field that the router learns to leave out is found, although there is an answer', async () => {
  hosts = await startHosts(['bedrock-invoke']);
  await hosts.host('bedrock-invoke').setFault({ kind: 'unknown-field', field: 'system.*.cache_control' });
  expect(await hosts.check({ shape: 'cached-system' })).toMatchObject({
    outcome: 'rejected',
    detail: 'answered only without a field or beta',
    status: 200,
  });
  expect(await hosts.check({ shape: 'plain' })).toMatchObject({ outcome: 'ok' });
});

it.each([
  ['is cut', { kind: 'cut', afterEvents: 2 }],
  ['has a malformed event', { kind: 'malformed-event', afterEvents: 0 }],
] satisfies [string, Fault][])('a stream that %s is no answer', async (_, fault) => {
  hosts = await startHosts(['anthropic']);
  await hosts.host('anthropic').setFault(fault);
  const { outcome, reason } = await hosts.check({ shape: 'thinking' });
  expect(outcome).not.toBe('ok');
  expect(reason).toBeTruthy();
});

it('an answer that begins late is slow, and one in time is not', async () => {
  hosts = await startHosts(['bedrock']);
  await hosts.host('bedrock').setFault({ kind: 'slow-first-token', ms: 80 });
  for (const shape of ['plain', 'stream'] as const) {
    const late = await hosts.check({ shape }, 50);
    expect(late).toMatchObject({
      outcome: 'slow',
      detail: expect.stringMatching(/^first content after \d+ ms; 50 ms/),
    });
    expect(await hosts.check({ shape }, 5000)).toMatchObject({ outcome: 'ok' });
  }
});
