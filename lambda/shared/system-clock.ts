import type { Clock } from '../core/clock';

export const systemClock: Clock = {
  now: Date.now,
  timer(ms, fire) {
    const timeout = setTimeout(fire, ms);
    return { cancel: () => clearTimeout(timeout) };
  },
};
