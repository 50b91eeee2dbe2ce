import { headlineOf } from '../../../console/view/headline';
import { AT, gatewayNow, link } from './given';

const traffic = { minutes: 5, requests: 100, failed: 0, failovers: 0, costUsd: 0 };

test('a single failure is bad luck and wakes nobody', () => {
  const links = [link('anthropic', { share: 1, failures: { 'server-error': 1 } }), link('bedrock')];
  expect(headlineOf(gatewayNow({ links }))).toMatchObject({ level: 'well', hosts: [] });
});

test('a drained host is no culprit: an operator has said so', () => {
  const links = [
    link('anthropic', { override: { action: 'drain', until: AT + 1 }, failures: { overloaded: 9 } }),
    link('bedrock', { share: 1 }),
  ];
  expect(headlineOf(gatewayNow({ links, traffic: { ...traffic, failovers: 100 } }))).toMatchObject({
    level: 'look',
    text: 'anthropic is drained by an operator',
  });
});

test('clients that fail in a drill read that it is one', () => {
  const links = [link('anthropic', { override: { action: 'drill', until: AT + 1 } })];
  const { level, text } = headlineOf(gatewayNow({ links, traffic: { ...traffic, failed: 50 } }));
  expect([level, text]).toEqual([
    'down',
    'Clients get errors: 50 of 100 requests failed. anthropic is in a drill by an operator',
  ]);
});

test('that clients do not notice is said only where none has failed', () => {
  const links = [link('anthropic', { failures: { overloaded: 50 } }), link('bedrock', { share: 1 })];
  const textOf = (failed: number) =>
    headlineOf(gatewayNow({ links, traffic: { ...traffic, failovers: 50, failed } })).text;
  expect(textOf(0)).toBe('anthropic is overloaded; bedrock answers for it, and clients do not notice');
  expect(textOf(2)).toBe('anthropic is overloaded; bedrock answers for it, and 2 of 100 requests failed');
});

test('of two that fail, what is ours to mend comes first in what to do', () => {
  const away = { state: 'open', model: 'm' } as const;
  const links = [
    link('anthropic', { models: [{ ...away, reason: 'overloaded' }] }),
    link('bedrock', { models: [{ ...away, reason: 'credential' }] }),
    link('vertex', { share: 1 }),
  ];
  const { remedy } = headlineOf(gatewayNow({ links, traffic: { ...traffic, failovers: 100 } }));
  expect(remedy).toContain('put-secret-value');
});

test('without another culprit, an alarm speaks with its first line', () => {
  const alarms = [{ id: 'KeyAge', tells: 'notice', since: AT, text: 'A key is old.\nRunbook: there' }] as const;
  expect(headlineOf(gatewayNow({ alarms }))).toMatchObject({ level: 'look', text: 'A key is old.' });
});

const rest = { state: 'open', reason: 'overloaded' } as const;
const drained = link('bedrock', { override: { action: 'drain', until: AT + 1 } });

test('of a host that is away with one model alone, that model is named', () => {
  const models = [
    { model: 'opus', ...rest },
    { model: 'haiku', state: 'healthy' },
  ] as const;
  const links = [link('anthropic', { models, share: 0.5 }), link('bedrock', { share: 0.5 })];
  expect(headlineOf(gatewayNow({ links, traffic: { ...traffic, failovers: 50 } })).text).toBe(
    'anthropic is overloaded, for opus only; bedrock answers for it, and clients do not notice',
  );
});

test('of two hosts that fail for different reasons, each has its own, and who answers does so for both', () => {
  const links = [
    link('anthropic', { models: [{ model: 'opus', ...rest }] }),
    link('bedrock', { failures: { credential: 50 } }),
    link('vertex', { share: 1 }),
  ];
  expect(headlineOf(gatewayNow({ links, traffic: { ...traffic, failovers: 100 } })).text).toBe(
    'anthropic is overloaded; bedrock refuses its credential; vertex answers for them, and clients do not notice',
  );
});

test('where the fallback is drained while the primary fails, the drain is named, and ending it comes first', () => {
  const links = [link('anthropic', { models: [{ model: 'opus', ...rest }] }), drained];
  expect(headlineOf(gatewayNow({ links, traffic: { ...traffic, failed: 80 } }))).toMatchObject({
    level: 'down',
    text: 'Clients get errors: 80 of 100 requests failed. anthropic is overloaded; bedrock is drained by an operator',
    remedy: 'Take it back under Act, or by npx claude-failover undrain bedrock',
    hosts: ['anthropic', 'bedrock'],
  });
});

test('that clients wait for a fallback does not hide the host that they wait for it instead of', () => {
  const alarms = [{ id: 'SlowFirstContent', tells: 'page', since: AT, text: 'Slow.' }] as const;
  const links = [link('anthropic', { failures: { 'server-error': 50 } }), link('bedrock', { share: 1 })];
  const slow = { ...traffic, failovers: 100, firstContent: { p50: 9000, p95: 20_000 } };
  expect(headlineOf(gatewayNow({ links, alarms, traffic: slow }))).toMatchObject({
    text: 'Clients wait: first content comes late, with a median of 9.0 s, from bedrock. anthropic fails with server errors',
    hosts: ['bedrock', 'anthropic'],
  });
});

test('a region that was taken out is told as long as it lasts', () => {
  expect(headlineOf(gatewayNow({ outUntil: AT + 1 }))).toMatchObject({
    level: 'look',
    text: 'us-east-1 is taken out by an operator, and sends clients to the other region',
  });
});
