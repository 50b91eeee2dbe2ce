import { createHash } from 'node:crypto';
import { useGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED } from './raw-client';

const start = useGateway();
const CHAIN = ['anthropic', 'bedrock', 'vertex'] as const;

describe('a client that may steer', () => {
  it.each([
    ['x-failover-only', 'vertex', 'vertex:ok'],
    ['x-failover-chain', 'bedrock, anthropic', 'bedrock:ok'],
    ['x-failover-chain', 'vertex', 'vertex:ok'],
    ['x-failover-skip', 'anthropic', 'bedrock:ok'],
    ['x-failover-skip', 'anthropic,bedrock', 'vertex:ok'],
  ])('is served as %s: %s says', async (header, value, trace) => {
    const gateway = await start({ chain: CHAIN });
    const answer = await post(gateway, STREAMED, { headers: { [header]: value } });
    expectCompleteStream(answer);
    expect(failoverHeaders(answer).trace).toBe(trace);
  });

  it('gets no failover beyond the hosts it names', async () => {
    const gateway = await start({ chain: CHAIN });
    await gateway.host('vertex').setFault({ kind: 'overloaded' });
    const answer = await post(gateway, BODY, { headers: { 'x-failover-only': 'vertex' } });
    expect(answer.status).toBe(529);
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0, vertex: 1 });
  });

  it.each([
    [
      'x-failover-only',
      'nobody',
      "x-failover-only: 'nobody' is not a host of this gateway; it has anthropic, bedrock, vertex",
    ],
    ['x-failover-only', '', "x-failover-only: '' is not a host"],
    ['x-failover-chain', 'anthropic,nobody', "x-failover-chain: 'nobody' is not a host"],
    ['x-failover-chain', ',', "x-failover-chain: ',' names no host"],
    ['x-failover-skip', 'nobody', "x-failover-skip: 'nobody' is not a host"],
    ['x-failover-skip', 'anthropic,bedrock,vertex', 'leaves no host of the chain'],
    ['x-failover-commit', 'never', "x-failover-commit: 'never' is not one of first-content, complete"],
    ['x-failover-budget', 'forever', 'x-failover-budget: "forever" is not a budget'],
    ['x-failover-budget', '-5', 'x-failover-budget: "-5" is not a budget'],
    ['x-failover-budget', '900', 'a deadline in whole milliseconds, of 1000 or more'],
  ])('is told what is wrong with %s: %j', async (header, value, message) => {
    const gateway = await start({ chain: CHAIN });
    const { status, json, headers } = await post(gateway, BODY, { headers: { [header]: value } });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
      request_id: headers.get('request-id'),
    });
    expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0, vertex: 0 });
  });

  it('gets its answer within the budget it names, from the next host', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'] });
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    const answer = await post(gateway, BODY, { headers: { 'x-failover-budget': '1500' } });
    expect(failoverHeaders(answer).trace).toBe('anthropic:timeout, bedrock:ok');
  });

  it('gets a timeout when its whole budget is over', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock', 'vertex'] });
    for (const name of CHAIN) await gateway.host(name).setFault({ kind: 'hang' });
    const { status, json } = await post(gateway, BODY, { headers: { 'x-failover-budget': '1000' } });
    expect(status).toBe(504);
    expect(json).toMatchObject({ error: { type: 'timeout_error' } });
  });

  it('cannot ask for more than the route allows', async () => {
    const gateway = await start({
      chain: ['anthropic', 'bedrock'],
      route: {
        maxDeadlineMs: 600,
        budget: { deadlineMs: 600, headersMs: 200, firstContentMs: 200, idleMs: 200, pingAfterMs: 600 },
      },
    });
    await gateway.host('anthropic').setFault({ kind: 'hang' });
    const answer = await post(gateway, BODY, { headers: { 'x-failover-budget': 'batch' } });
    expect(failoverHeaders(answer).trace).toBe('anthropic:timeout, bedrock:ok');
  });
});

describe('a client that may not steer', () => {
  const keySha256 = createHash('sha256').update('a-plain-key').digest('hex');
  const config = {
    steering: ['budget' as const],
    clients: [
      { name: 'plain', keySha256 },
      {
        name: 'operator',
        keySha256: createHash('sha256').update('an-operator-key').digest('hex'),
        may: ['only' as const],
      },
    ],
  };

  it.each(['chain', 'only', 'skip', 'commit'])(
    'is refused x-failover-%s with 403, by its own name',
    async (steering) => {
      const gateway = await start({ chain: CHAIN, config });
      const headers = { 'x-api-key': 'a-plain-key', [`x-failover-${steering}`]: 'anthropic' };
      const { status, json } = await post(gateway, BODY, { headers });
      expect(status).toBe(403);
      expect(json).toMatchObject({
        error: {
          type: 'permission_error',
          message: expect.stringMatching(new RegExp(`^x-failover-${steering} is not allowed for client 'plain'`)),
        },
      });
      expect(gateway.counts()).toEqual({ anthropic: 0, bedrock: 0, vertex: 0 });
    },
  );

  it('may still use what everyone may, and another client what it alone may', async () => {
    const gateway = await start({ chain: CHAIN, config });
    const plain = await post(gateway, BODY, { headers: { 'x-api-key': 'a-plain-key', 'x-failover-budget': '9000' } });
    const operator = await post(gateway, BODY, {
      headers: { 'x-api-key': 'an-operator-key', 'x-failover-only': 'bedrock' },
    });
    expect([failoverHeaders(plain).host, failoverHeaders(operator).host]).toEqual(['anthropic', 'bedrock']);
  });
});

describe('a route', () => {
  it('is chosen by model, by client and by header, the first that fits', async () => {
    const gateway = await start({
      chain: CHAIN,
      config: {
        routes: [
          { models: ['claude-haiku*'], chain: ['vertex'] },
          { header: { name: 'x-team', value: 'night' }, chain: ['bedrock'] },
          { clients: ['tester'], chain: ['anthropic'] },
          { chain: ['vertex'] },
        ],
      },
    });
    const haiku = await post(gateway, { ...BODY, model: 'claude-haiku-4-5' }, { headers: { 'x-team': 'night' } });
    const night = await post(gateway, BODY, { headers: { 'x-team': 'night' } });
    const day = await post(gateway, BODY, { headers: { 'x-team': 'day' } });
    expect([haiku, night, day].map((answer) => failoverHeaders(answer).host)).toEqual([
      'vertex',
      'bedrock',
      'anthropic',
    ]);
  });
});
