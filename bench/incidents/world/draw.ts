import { seeded } from '../../scale/simulation/random';

/**
 * A number in [0, 1) that follows from its names alone: what becomes of one request then does not depend on what
 * else was asked, and two runs can be compared request by request.
 */
export function draw(seed: number, ...names: readonly number[]): number {
  return seeded(names.reduce((mixed, name) => Math.imul(mixed ^ name, 0x9e3779b1) ^ (mixed >>> 15), seed))();
}

/** Around 1, never near 0; one in twenty is beyond 1.6. */
export function lognormal(spread: number, first: number, second: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
  return Math.exp(spread * normal);
}
