import { holdWithPings } from '../../../lambda/engine/time/hold';
import { PING as PING_BYTES } from '../../../lambda/wire/anthropic/answer/ping';
import { VirtualClock } from '../virtual-clock';

const text = (chunk: Uint8Array): string => new TextDecoder().decode(chunk);
const PING = 'event: ping\ndata: {"type":"ping"}\n\n';

async function* answer(value: string) {
  yield new TextEncoder().encode(value);
}

test('a value that comes in time is handed over as it is, and no timer stays', async () => {
  const clock = new VirtualClock();
  await expect(holdWithPings(Promise.resolve('early'), 10, clock, PING_BYTES, answer)).resolves.toEqual({
    value: 'early',
  });
  expect(clock.pending).toBe(0);
});

test('a client that waits hears a ping each interval, and then the answer', async () => {
  const clock = new VirtualClock();
  const { promise, resolve } = Promise.withResolvers<string>();
  const holding = holdWithPings(promise, 10, clock, PING_BYTES, answer);
  clock.advance(10);
  const held = await holding;
  if ('value' in held) throw new Error('held too short');
  const chunks = held.body[Symbol.asyncIterator]();
  expect(text((await chunks.next()).value as Uint8Array)).toBe(PING);
  const second = chunks.next();
  clock.advance(10);
  expect(text((await second).value as Uint8Array)).toBe(PING);
  const third = chunks.next();
  resolve('late');
  expect(text((await third).value as Uint8Array)).toBe('late');
  expect((await chunks.next()).done).toBe(true);
  expect(clock.pending).toBe(0);
});
