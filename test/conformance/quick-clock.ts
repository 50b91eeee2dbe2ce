import type { Clock } from '../../lambda/engine/time/clock';
import { systemClock } from '../../lambda/runtime/system-clock';

export interface WallClock extends Clock {
  /** How many of its milliseconds go into a real one. */
  readonly speed: number;
  stop(): void;
}

const TICK_MS = 5;

/**
 * The gateway's clock is an argument, so its minutes can pass in seconds while its budgets stay those of production. It goes
 * by ticks of the event loop: on a machine that has no time for this process, its time does not pass either.
 */
export function createQuickClock(speed: number): WallClock {
  if (speed === 1) return { ...systemClock, speed, stop: () => {} };
  const running = new Map<object, { readonly due: number; readonly fire: () => void }>();
  let now = Date.now();
  const interval = setInterval(() => {
    now += TICK_MS * speed;
    for (const [timer, { due, fire }] of running) {
      if (due > now) continue;
      running.delete(timer);
      fire();
    }
  }, TICK_MS);
  return {
    speed,
    now: () => now,
    timer(ms, fire) {
      const timer = { cancel: () => void running.delete(timer) };
      running.set(timer, { due: now + ms, fire });
      return timer;
    },
    stop: () => clearInterval(interval),
  };
}

export function pass(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.timer(ms, resolve));
}
