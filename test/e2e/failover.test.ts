import type { HostConfig } from '../../lib/contract';
import type { Fault } from '../../local/hosts';
import { HOST_NAMES, type HostName } from './host-setups';
import { IMPATIENT, useGateway } from './harness';
import { BODY, expectCompleteStream, failoverHeaders, post, STREAMED, textOf } from './raw-client';

const start = useGateway();

interface Expected {
  /** Reason in the trace, once for each attempt. */
  readonly reason: string;
  readonly attempts: number;
}
interface Row extends Expected {
  readonly fault: Fault;
  /** Hosts that tell it otherwise. */
  readonly except?: Partial<Record<HostName, Partial<Expected>>>;
}

const AWS_503 = { reason: 'server-error', attempts: 2 };
const WITHOUT_QUOTA_WORDS = { reason: 'rate-limited' };

const ROWS: Readonly<Record<string, Row>> = {
  'is overloaded': {
    fault: { kind: 'overloaded' },
    reason: 'overloaded',
    attempts: 1,
    except: { bedrock: AWS_503, 'bedrock-invoke': AWS_503 },
  },
  'has an internal error': { fault: { kind: 'server-error' }, reason: 'server-error', attempts: 2 },
  'is unavailable': { fault: { kind: 'unavailable' }, reason: 'server-error', attempts: 2 },
  'limits the rate for long': { fault: { kind: 'rate-limited', retryAfter: 30 }, reason: 'rate-limited', attempts: 1 },
  'limits the rate for a moment, twice': {
    fault: { kind: 'rate-limited', retryAfter: 0.05 },
    reason: 'rate-limited',
    attempts: 2,
  },
  'refuses the connection': {
    fault: { kind: 'refused' },
    reason: 'connection',
    attempts: 2,
    // Its simulated token service is on the same port, and is asked first.
    except: { vertex: { reason: 'credential', attempts: 1 } },
  },
  'resets the connection': { fault: { kind: 'reset' }, reason: 'connection', attempts: 2 },
  hangs: { fault: { kind: 'hang' }, reason: 'timeout', attempts: 1 },
  'hangs after its headers': { fault: { kind: 'hang-after-headers' }, reason: 'timeout', attempts: 1 },
  'is slow with its first token': { fault: { kind: 'slow-first-token', ms: 3000 }, reason: 'timeout', attempts: 1 },
  'tells an overload inside the stream': {
    fault: { kind: 'error-in-stream' },
    reason: 'overloaded',
    attempts: 1,
  },
  'throttles inside the stream': {
    fault: { kind: 'throttling', afterEvents: 0 },
    reason: 'rate-limited',
    attempts: 1,
  },
  'answers with a web page': {
    fault: { kind: 'html' },
    reason: 'malformed',
    attempts: 1,
  },
  'refuses the credential': {
    fault: { kind: 'expired-credential' },
    reason: 'credential',
    attempts: 1,
    // The only one whose credential can be fetched anew.
    except: { vertex: { attempts: 2 } },
  },
  'has not been paid': {
    fault: { kind: 'billing' },
    reason: 'billing',
    attempts: 1,
    except: {
      bedrock: { reason: 'permission' },
      'bedrock-invoke': { reason: 'permission' },
      vertex: { reason: 'permission' },
    },
  },
  'has reached its spend limit': {
    fault: { kind: 'spend-limit' },
    reason: 'quota',
    attempts: 1,
    except: { vertex: WITHOUT_QUOTA_WORDS },
  },
  'does not have the model': {
    fault: { kind: 'not-found-model' },
    reason: 'not-found',
    attempts: 1,
    except: { bedrock: { reason: 'host-config' }, 'bedrock-invoke': { reason: 'host-config' } },
  },
  'has not enabled the model': {
    fault: { kind: 'model-not-enabled' },
    reason: 'permission',
    attempts: 1,
    except: { vertex: { reason: 'host-config' } },
  },
};

const HANGS: ReadonlySet<Fault['kind']> = new Set(['hang', 'hang-after-headers', 'slow-first-token']);

describe.each(HOST_NAMES)('when the primary, %s,', (primary) => {
  const fallback = primary === 'anthropic' ? 'bedrock' : 'anthropic';

  describe.each(Object.entries(ROWS))('%s', (_, row) => {
    const { reason, attempts } = { ...row, ...row.except?.[primary] };

    it.each([
      ['streamed', STREAMED],
      ['unary', BODY],
    ])(`the ${fallback} host gives the %s answer`, async (_form, body) => {
      const hosts: Partial<Record<HostName, Partial<HostConfig>>> = HANGS.has(row.fault.kind)
        ? { [primary]: { timeouts: IMPATIENT } }
        : {};
      const gateway = await start({ chain: [primary, fallback], hosts });
      await gateway.host(primary).setFault(row.fault);
      const answer = await post(gateway, body);

      expect(failoverHeaders(answer)).toEqual({
        host: fallback,
        attempts: String(attempts + 1),
        trace: [...Array<string>(attempts).fill(`${primary}:${reason}`), `${fallback}:ok`].join(', '),
      });
      expect(gateway.counts()).toEqual({ [primary]: row.fault.kind === 'refused' ? 0 : attempts, [fallback]: 1 });
      expect(textOf(answer)).toMatch(/^You asked: “Hello”.*would show\.$/);
      if (body === STREAMED) expectCompleteStream(answer);
      else expect(answer.json).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
    });
  });
});

it('waits for a rate limit that is over in a moment, and stays with the primary', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'rate-limited', retryAfter: 0.05, times: 1 });
  const answer = await post(gateway, STREAMED);
  expectCompleteStream(answer);
  expect(failoverHeaders(answer)).toMatchObject({ host: 'anthropic', trace: 'anthropic:rate-limited, anthropic:ok' });
  expect(gateway.counts()).toEqual({ anthropic: 2, bedrock: 0 });
});

it('is not noticed by a client when a single connection breaks', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'reset', times: 1 });
  const answer = await post(gateway, STREAMED);
  expectCompleteStream(answer);
  expect(gateway.counts()).toEqual({ anthropic: 2, bedrock: 0 });
});

it('goes on to the third host when the first two are down', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock', 'vertex'] });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  await gateway.host('bedrock').setFault({ kind: 'rate-limited', retryAfter: 60 });
  const answer = await post(gateway, BODY);
  expect(failoverHeaders(answer)).toEqual({
    host: 'vertex',
    attempts: '3',
    trace: 'anthropic:overloaded, bedrock:rate-limited, vertex:ok',
  });
});

it('does not ask a host again that is cooling, and says so in the trace', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'billing', times: 1 });
  await post(gateway, STREAMED);
  const answer = await post(gateway, STREAMED);
  expect(failoverHeaders(answer).trace).toBe('anthropic:skipped-billing, bedrock:ok');
  expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 2 });
});

it('leaves a host alone that was overloaded three times in a row, and not for one time', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'overloaded', times: 3 });
  const traces: (string | null)[] = [];
  for (let request = 0; request < 4; request++) traces.push(failoverHeaders(await post(gateway, STREAMED)).trace);
  const failedOver = 'anthropic:overloaded, bedrock:ok';
  expect(traces).toEqual([failedOver, failedOver, failedOver, 'anthropic:skipped-open, bedrock:ok']);
});

it('counts tokens on the next host too', async () => {
  const gateway = await start({ chain: ['anthropic', 'bedrock'] });
  await gateway.host('anthropic').setFault({ kind: 'overloaded' });
  const answer = await post(gateway, BODY, { path: '/v1/messages/count_tokens' });
  expect(answer.json).toEqual({ input_tokens: expect.any(Number) });
  expect(failoverHeaders(answer).host).toBe('bedrock');
});
