import type { Spread } from './statistics';

/** `x`: so many times the base. `+`: so much more than it. `=`: the value itself. */
export type Comparison = 'x' | '+' | '=';
export type FigureTarget = { readonly atMost: number } | { readonly atLeast: number };

/** A line of the result: a value, what it is compared with, and what the comparison may come to. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly base?: number;
  readonly value: number;
  readonly comparison: Comparison;
  /** The comparison, over all rounds. */
  readonly measured: Spread;
  /** A figure without one explains another. */
  readonly target?: FigureTarget;
}

export function compare(value: number, base: number, comparison: Comparison): number {
  if (comparison === 'x') return value / base;
  return comparison === '+' ? value - base : value;
}

export function isMet({ measured, target }: Figure): boolean {
  if (target === undefined) return true;
  return 'atMost' in target ? measured.median <= target.atMost : measured.median >= target.atLeast;
}
