import type { Clock } from '../engine/time/clock';

/** Whatever is timed gets its clock from whoever starts it: this one, or a test's. */
export const systemClock: Clock = {
  now: Date.now,
  timer(ms, fire) {
    const timeout = setTimeout(fire, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};
