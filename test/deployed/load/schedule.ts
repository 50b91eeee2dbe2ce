import { answerSeconds } from '../../../bench/scale/simulation/simulate';
import { TRACE } from '../../../bench/trace/trace';

/** One request of the trace, as it is played. */
export interface PlannedRequest {
  /** Stands in the prompt, so that hosts and log lines can be told apart by it. */
  readonly number: number;
  /** Milliseconds after the start. */
  readonly at: number;
  readonly stream: boolean;
  readonly prompt: string;
  /** What the answer has to consist of. */
  readonly answerBytes: number;
}

/** Answers come this much faster than a model's: then a minute of play has as many under way at a time as the real hour. */
const ANSWER_SPEED_UP = 10;
const BYTES_PER_TOKEN = 4;
const TOKENS_PER_EVENT = 15;
const MOST_EVENTS = 20;
/** In the warm-up: between two processes, and for the last one. */
const START_EVERY_MS = 500;
const LAST_START_MS = 2000;
const WARM_UP_EVENTS = 20;

/** The sampled requests of the trace's hour, in order, in so many milliseconds: every `step`th of them. */
export function schedule(durationMs: number, step = 1): PlannedRequest[] {
  return TRACE.services
    .flatMap(({ sample }) => sample)
    .sort((a, b) => a.second - b.second)
    .filter((_, index) => index % step === 0)
    .map((request, number) => ({
      number,
      at: Math.round((request.second / TRACE.seconds) * durationMs),
      stream: number % 2 === 0,
      ...exchange(number, request),
    }));
}

/**
 * Requests that take so long that each starts a process of its own, one after the other: no host is asked by a cold crowd. Then as many
 * at once, for which as many authorizers start.
 */
export function warmUp(processes: number): PlannedRequest[] {
  const takesMs = processes * START_EVERY_MS + LAST_START_MS;
  const one = { number: 0, stream: true, answerBytes: WARM_UP_EVENTS * BYTES_PER_TOKEN };
  const lasting = (ms: number) => {
    const delay = Math.round(ms / WARM_UP_EVENTS);
    return { prompt: `Warm-up: sim:bytes=${one.answerBytes} sim:events=${WARM_UP_EVENTS} sim:delay=${delay}` };
  };
  const staggered = Array.from({ length: processes }, (_, index) => ({
    ...one,
    ...lasting(takesMs),
    at: index * START_EVERY_MS,
  }));
  const together = staggered.map(() => ({ ...one, ...lasting(0), at: 2 * takesMs }));
  return [...staggered, ...together];
}

/** Simulated hosts answer as the prompt says, and count four characters as a token. */
function exchange(number: number, tokens: { readonly context: number; readonly generated: number }) {
  const answerBytes = tokens.generated * BYTES_PER_TOKEN;
  const events = Math.min(MOST_EVENTS, Math.ceil(tokens.generated / TOKENS_PER_EVENT));
  const delay = Math.ceil((1000 * answerSeconds(tokens)) / ANSWER_SPEED_UP / events);
  const order = `Request ${number}: sim:bytes=${answerBytes} sim:events=${events} sim:delay=${delay}`;
  return { prompt: `${order} `.padEnd(tokens.context * BYTES_PER_TOKEN, 'context '), answerBytes };
}

/** The number that a prompt, or a body with it, carries. */
export function numberOf(text: string): number {
  return Number(/Request (\d+):/.exec(text)?.[1] ?? NaN);
}
