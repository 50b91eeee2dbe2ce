import type { Clock } from './clock';

/**
 * Waits for a value that may take long. Settles as soon as the value is there, or, after `afterMs`, with a stream that
 * sends `ping` every `afterMs` until it is, and then what `finish` makes of it. A ping commits the status, not the answer.
 */
export async function holdWithPings<T>(
  value: Promise<T>,
  afterMs: number,
  clock: Clock,
  ping: Uint8Array,
  finish: (value: T) => AsyncIterable<Uint8Array>,
): Promise<{ readonly value: T } | { readonly body: AsyncIterable<Uint8Array> }> {
  const early = await settledWithin(value, afterMs, clock);
  return early ?? { body: pingUntil(value, afterMs, clock, ping, finish) };
}

async function* pingUntil<T>(
  value: Promise<T>,
  everyMs: number,
  clock: Clock,
  ping: Uint8Array,
  finish: (value: T) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield ping;
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
