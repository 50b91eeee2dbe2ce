import type { Fault } from '../../local/hosts';
import { useGateway } from './harness';
import { BODY, call, failoverHeaders, post, STREAMED, textOf } from './raw-client';

const start = useGateway();

const REQUESTS = 2000;
const CONCURRENCY = 16;
/** In time, not in requests: a breaker that has opened often waits its eightfold, however fast requests are. */
const RECOVERY_MS = 20_000;

/** Sixteen clients at once make a sound host slow too. */
const TIMEOUTS = { headersMs: 900, firstContentMs: 1200, idleMs: 500 };

/** What becomes of the primary as the requests go by. */
const LIFE: readonly (readonly [from: number, fault: Fault | undefined])[] = [
  [200, { kind: 'refused' }],
  [450, undefined],
  [600, { kind: 'server-error', rate: 0.3 }],
  [800, { kind: 'cut', rate: 0.5 }],
  [1000, { kind: 'hang' }],
  [1250, { kind: 'stall', rate: 0.5 }],
  [1400, { kind: 'rate-limited', retryAfter: 1 }],
  [1550, { kind: 'reset', rate: 0.5 }],
  [1700, undefined],
];

it('not one of 2,000 requests fails while the primary dies, flaps, hangs and recovers', async () => {
  const gateway = await start({
    chain: ['anthropic', 'bedrock', 'vertex'],
    // Even a stream that has begun when its host dies is to be whole.
    route: { commit: 'complete' },
    hosts: { anthropic: { timeouts: TIMEOUTS, breaker: { openMs: 100, rampStageMs: 50 } } },
  });
  const primary = gateway.host('anthropic');
  const wrong: string[] = [];
  const served: (string | null)[] = [];
  let next = 0;

  const client = async () => {
    while (next < REQUESTS) {
      const index = next++;
      const change = LIFE.find(([from]) => from === index);
      if (change) await primary.setFault(change[1]);
      const asked = {
        ...(index % 2 === 0 ? STREAMED : BODY),
        messages: [{ role: 'user', content: `Number ${index}` }],
      };
      const answer = await post(gateway, asked);
      const types = answer.events.map(({ event }) => event);
      const isWhole = index % 2 === 0 ? types.at(-1) === 'message_stop' && !types.includes('error') : true;
      const text = textOf(answer);
      if (
        answer.status !== 200 ||
        answer.broken ||
        !isWhole ||
        !/^You asked: “Number \d+”.*would show\.$/.test(text) ||
        !text.includes(`“Number ${index}”`)
      ) {
        wrong.push(`${index}: ${answer.status} ${failoverHeaders(answer).trace} ${answer.text.slice(0, 200)}`);
      }
      served[index] = failoverHeaders(answer).host;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, client));

  expect(wrong).toEqual([]);
  expect(served).toHaveLength(REQUESTS);
  expect(new Set(served.slice(0, 200 - CONCURRENCY))).toEqual(new Set(['anthropic']));
  expect(served.slice(200 + CONCURRENCY, 450 - CONCURRENCY)).not.toContain('anthropic');
  expect(served).toContain('bedrock');

  // Recovered, it gets all of its traffic back.
  let healthy = false;
  for (const patience = Date.now() + RECOVERY_MS; Date.now() < patience && !healthy;) {
    expect((await post(gateway, BODY)).status).toBe(200);
    const { json } = await call(gateway, { method: 'GET', path: '/health' });
    healthy =
      (json as { status: string; hosts: { models: { state: string }[] }[] }).hosts[0]?.models[0]?.state === 'healthy';
  }
  expect(failoverHeaders(await post(gateway, BODY)).trace).toBe('anthropic:ok');
}, 60_000);
