import type { Clock } from '../engine/time/clock';

export const systemClock: Clock = {
  now: Date.now,
  timer(ms, fire) {
    const timeout = setTimeout(fire, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};
