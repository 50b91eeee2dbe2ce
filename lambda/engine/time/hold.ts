import type { Clock } from './clock';
import { encodeSse } from '../../wire/sse-events';

export const PING = encodeSse('ping', '{"type":"ping"}');

/**
 * Waits for a value that may take long. Settles as soon as the value is there, or, after `afterMs`, with a stream that
 * sends a `ping` every `afterMs` until it is, and then what `finish` makes of it. A ping commits the status, not the answer.
 */
export async function holdWithPings<T>(
  value: Promise<T>,
  afterMs: number,
  clock: Clock,
  finish: (value: T) => AsyncIterable<Uint8Array>,
): Promise<{ readonly value: T } | { readonly body: AsyncIterable<Uint8Array> }> {
  const early = await settledWithin(value, afterMs, clock);
  return early ?? { body: pingUntil(value, afterMs, clock, finish) };
}

async function* pingUntil<T>(
  value: Promise<T>,
  everyMs: number,
  clock: Clock,
  finish: (value: T) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield PING;
    const settled = await settledWithin(value, everyMs, clock);
    if (settled) return yield* finish(settled.value);
  }
}

async function settledWithin<T>(
  value: Promise<T>,
  ms: number,
  clock: Clock,
): Promise<{ readonly value: T } | undefined> {
  let late: () => void = () => {};
  const lateness = new Promise<undefined>((resolve) => (late = () => resolve(undefined)));
  const timer = clock.timer(ms, late);
  try {
    return await Promise.race([value.then((settled) => ({ value: settled })), lateness]);
  } finally {
    timer.cancel();
  }
}
