import { AttemptSignal } from '../../../lambda/engine/time/attempt-signal';
import { Deadline } from '../../../lambda/engine/time/deadline';
import { HostError } from '../../../lambda/engine/host';
import { Silence } from '../../../lambda/engine/time/silence';
import { readAssembled } from '../../../lambda/wire/anthropic/answer/whole-answer';
import { answer, bytes } from '../../fixtures/answers/read-answers';
import { answerSource } from './answer-source';
import { VirtualClock } from '../../engine/virtual-clock';

const whole = bytes(answer('text').sse);

function read(body: (watch: AttemptSignal) => AsyncIterable<Uint8Array>) {
  const clock = new VirtualClock();
  const watch = new AttemptSignal(clock, new AbortController().signal, new Deadline(clock, 60_000));
  const opened = { status: 200, headers: {}, body: body(watch), dropped: [] };
  return { clock, reading: readAssembled(answerSource(opened, watch, new Silence(clock, 10_000))) };
}

const message = async (reading: ReturnType<typeof readAssembled>): Promise<unknown> => {
  const { ok, ...rest } = await reading;
  if (!ok || !('body' in rest) || !(rest.body instanceof Uint8Array)) throw new Error('expected a whole answer');
  return JSON.parse(new TextDecoder().decode(rest.body));
};

test('an answer that is complete is not paid for twice because its connection broke afterwards', async () => {
  const { reading } = read(async function* () {
    yield whole;
    throw new HostError('connection', 'ECONNRESET');
  });
  expect(await message(reading)).toEqual(answer('text').message);
});

test('a host that has said all and does not close keeps the client waiting for half a second at most', async () => {
  const { reading, clock } = read(async function* (watch) {
    yield whole;
    await new Promise((_resolve, reject) => {
      watch.signal.addEventListener('abort', () => reject(new HostError('connection', 'aborted')));
    });
  });
  await new Promise(setImmediate);
  clock.advance(500);
  expect(await message(reading)).toEqual(answer('text').message);
});

test('an answer whose connection breaks before its end is a failure', async () => {
  const { reading } = read(async function* () {
    yield whole.subarray(0, whole.length - 60);
    throw new HostError('connection', 'ECONNRESET');
  });
  await expect(reading).rejects.toThrow('ECONNRESET');
});
