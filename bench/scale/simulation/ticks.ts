/** The simulation's unit of time: short beside the shortest answer. */
export const TICK_MS = 10;
export const SECOND_TICKS = 1000 / TICK_MS;
export const MINUTE_TICKS = 60 * SECOND_TICKS;
