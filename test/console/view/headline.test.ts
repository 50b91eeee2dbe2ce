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
