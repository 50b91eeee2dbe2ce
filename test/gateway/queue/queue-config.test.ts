import { createServingRouter } from '../../../lambda/server/serving-router';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { readWish } from '../../../lambda/gateway/queue/wish';
import { problems, route, small } from '../small-config';

const queue = {
  url: 'https://sqs.us-east-1.amazonaws.com/1/q',
  bucket: 'my-bucket',
  deadlineMs: 60_000,
  keepMs: 3_600_000,
};
const clients = [{ name: 'search', keySha256: '0'.repeat(64) }];
const webhook = { client: 'search', hosts: ['hooks.example.com'], secret: { env: 'HOOK' } };

describe('the configuration of requests that can wait', () => {
  it('is taken', () => {
    expect(problems(small({ queue: { ...queue, webhooks: [webhook] }, clients }))).toEqual([]);
    expect(problems(small({ queue, routes: [{ ...route, whenDown: 'queue' }] }))).toEqual([]);
  });

  it.each([
    [{ routes: [{ ...route, whenDown: 'queue' }] }, 'routes[0].whenDown: "queue" needs "queue"'],
    [{ queue: { ...queue, deadlineMs: 1 } }, 'queue.deadlineMs: got 1; must be milliseconds'],
    [{ queue: { ...queue, webhooks: [webhook] } }, 'queue.webhooks[0]: there is no client "search"'],
    [
      { queue: { ...queue, webhooks: [webhook, webhook] }, clients },
      'queue.webhooks[1].client: "search" has webhooks already',
    ],
    [{ queue: { ...queue, webhooks: [{ ...webhook, hosts: ['10.0.0.1'] }] }, clients }, 'queue.webhooks[0].hosts[0]'],
    [
      { queue: { ...queue, webhooks: [{ ...webhook, hosts: ['Hooks.example.com/x'] }] }, clients },
      'queue.webhooks[0].hosts[0]',
    ],
  ])('%j is refused', (parts, problem) => {
    expect(problems(small(parts)).join('\n')).toContain(problem);
  });

  it('does not start on a machine that is in no region of AWS, and says why', () => {
    expect(() => createServingRouter(parseConfig(small({ queue })), { ANTHROPIC_API_KEY: 'k' })).toThrow(
      /queue: requests wait in SQS and S3.*set AWS_REGION/s,
    );
  });
});

describe('a preference', () => {
  it.each([
    ['respond-async', { kind: 'at-once' }],
    ['Respond-Async, wait=10', { kind: 'after', waitMs: 10_000 }],
    ['wait="3", respond-async; foo=bar', { kind: 'after', waitMs: 3000 }],
    ['return=minimal, respond-async', { kind: 'at-once' }],
    ['respond-async, wait=soon', { kind: 'at-once' }],
    ['wait=10', undefined],
    ['handling=lenient', undefined],
    ['', undefined],
  ])('%j is read as RFC 7240 has it', (prefer, wish) => {
    expect(readWish({ prefer })).toEqual(wish);
  });

  it('goes before a consent, which is yes or no', () => {
    expect(readWish({ 'x-failover-queue': 'yes' })).toEqual({ kind: 'when-down' });
    expect(readWish({ 'x-failover-queue': 'no' })).toBeUndefined();
    expect(readWish({ 'x-failover-queue': 'yes', prefer: 'respond-async' })).toEqual({ kind: 'at-once' });
    expect(() => readWish({ 'x-failover-queue': 'perhaps' })).toThrow("'perhaps' is not one of yes, no");
    expect(() => readWish({ 'x-failover-webhook': 'https://a.b' })).toThrow('this request does not wait');
  });
});
