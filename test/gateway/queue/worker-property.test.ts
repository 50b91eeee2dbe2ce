import fc from 'fast-check';
import type { GatewayResponse } from '../../../lambda/engine/gateway';
import { createHandler } from '../../../lambda/functions/queue-worker/handler';
import { json } from '../../../lambda/gateway/json-response';
import { messageText } from '../../../lambda/gateway/queue/message';
import { newId, placeOf } from '../../../lambda/gateway/queue/place';
import { recordStore } from '../../../lambda/gateway/queue/record-store';
import { createWorker } from '../../../lambda/gateway/queue/answering/worker';
import { SimulatedBucket } from '../../../local/request-queue/simulated-bucket';
import { SimulatedMessages } from '../../../local/request-queue/simulated-messages';

const CALLS = ['request', 'answer', 'settle', 'ask', 'send', 'hide', 'requestHead', 'notify'] as const;
type Call = (typeof CALLS)[number];

/** One turn of a worker, and what goes wrong in it. */
const turn = fc.record({
  most: fc.integer({ min: 1, max: 5 }),
  /** The process ends: before this call, or when it has come back and nobody heard of it. */
  dies: fc.option(fc.record({ at: fc.constantFrom(...CALLS), isDone: fc.boolean() }), { nil: undefined }),
  /** This call fails, and the process lives on. */
  fails: fc.option(fc.constantFrom(...CALLS), { nil: undefined }),
  hosts: fc.constantFrom<GatewayResponse['status'][]>(200, 529, 429, 400),
  isDuplicated: fc.boolean(),
  skipMs: fc.constantFrom(0, 10_000, 900_001),
});
const DEADLINE_MS = 6 * 3_600_000;
const QUEUE = { url: 'https://sqs/1/q', bucket: 'b', deadlineMs: DEADLINE_MS, keepMs: 3_600_000 };

async function play(
  requests: number,
  isOrdered: boolean,
  turns: readonly (typeof turn extends fc.Arbitrary<infer T> ? T : never)[],
) {
  let now = 0;
  let asked = 0;
  const bucket = new SimulatedBucket();
  const messages = new SimulatedMessages(900_000, () => now);
  const records = recordStore({
    get: async (key, most = Infinity) => bucket.read(key)?.subarray(0, most),
    putNew: async (key, bytes) =>
      bucket.perform('PUT', key, { 'if-none-match': '*' }, Buffer.from(bytes)).status === 200,
  });
  let current: (typeof turns)[number] = {
    most: 5,
    hosts: 200,
    isDuplicated: false,
    skipMs: 900_001,
    dies: undefined,
    fails: undefined,
  };
  let isDead = false;
  const never = (): Promise<never> => Promise.reject(new Error('the process is gone'));
  const mortal =
    <Args extends unknown[], T>(call: Call, act: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      if (isDead) return never();
      if (current.fails === call) throw new Error('out of order');
      const dies = current.dies?.at === call;
      if (dies && !current.dies?.isDone) {
        isDead = true;
        return never();
      }
      const done = await act(...args);
      if (!dies) return done;
      isDead = true;
      return never();
    };
  const send = async (MessageBody: string, group: string, id: string): Promise<void> => {
    const ordered = isOrdered && { MessageGroupId: group, MessageDeduplicationId: id };
    messages.perform('SendMessage', { MessageBody, ...ordered });
  };
  const hide = async (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
    messages.perform('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout });
  };
  const work = createWorker({
    queue: QUEUE,
    records: {
      ...records,
      request: mortal('request', records.request),
      requestHead: mortal('requestHead', records.requestHead),
      answer: mortal('answer', records.answer),
      settle: mortal('settle', records.settle),
    },
    messages: { send: mortal('send', send) },
    ask: mortal('ask', async ({ id }) => json(current.hosts, { answer: (asked += 1) }, id)),
    notify: mortal('notify', async (id) => {
      told.push(id);
      return 'told';
    }),
    clock: { now: () => now, timer: () => ({ cancel: () => {} }) },
    random: () => 0.5,
    log: () => {},
  });
  const told: string[] = [];
  const handler = createHandler({
    work,
    messages: { hide: mortal('hide', hide) },
    log: () => {},
    settle: () => undefined,
  });
  const seen = new Map<string, string>();
  const places = Array.from({ length: requests }, () => placeOf('team', newId()));
  const step = async (): Promise<void> => {
    isDead = false;
    if (current.isDuplicated && !isOrdered) messages.duplicate();
    const taken = messages.take(isOrdered ? 1 : current.most);
    const { batchItemFailures } = await handler(
      { Records: taken as never },
      { getRemainingTimeInMillis: () => 880_000 },
    );
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    // The end of a process is the end of its batch.
    if (!isDead) for (const one of taken) if (!failed.has(one.messageId)) messages.delete(one.receiptHandle);
    for (const place of places) {
      const bytes = bucket.read(`answers/${place}`)?.toString();
      if (bytes === undefined) continue;
      // An answer that has been there is the answer.
      expect(seen.get(place) ?? bytes).toBe(bytes);
      seen.set(place, bytes);
    }
    now += current.skipMs;
  };
  for (const place of places) {
    const head = {
      client: 'team',
      query: '',
      headers: {},
      acceptedAt: now,
      deadline: DEADLINE_MS,
      webhook: 'https://a.b/',
    };
    await records.keep(place, { head, body: Buffer.from('{}') });
    await send(messageText({ task: 'answer', place }), 'team', place);
  }
  const sound = current;
  for (const each of turns) {
    current = each;
    await step();
  }
  current = { ...sound, most: 1000 };
  for (let turn = 0; turn < 60 && messages.bodies.length > 0; turn += 1) await step();
  return { left: messages.bodies, seen, told, places, asked };
}

it('answers every accepted request once, whatever dies, fails or comes twice, and tells of each', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      fc.array(turn, { maxLength: 12 }),
      async (requests, isOrdered, turns) => {
        const { left, seen, told, places, asked } = await play(requests, isOrdered, turns);
        expect(left).toEqual([]);
        expect([...seen.keys()].sort()).toEqual([...places].sort());
        for (const place of places) expect(told).toContain(place.split('/')[1]);
        const isQuiet = turns.every(
          ({ dies, fails, isDuplicated, hosts }) =>
            !dies && !fails && !isDuplicated && (hosts === 200 || hosts === 400),
        );
        // Nobody is asked twice without a reason.
        if (isQuiet) expect(asked).toBe(requests);
      },
    ),
    { numRuns: 300 },
  );
});
