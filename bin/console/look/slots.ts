import type { Span } from '../../../console/source';
import type { Point } from '../now/metrics';

/** Stretches of one length, which make up a while. */
export interface Slots {
  readonly starts: readonly number[];
  /** What began before the while, in a period that reaches into it, belongs to the first one. */
  indexOf(at: number): number;
  sums(points: readonly Point[]): readonly number[];
  /** Undefined where there is no point. */
  averages(points: readonly Point[]): readonly (number | undefined)[];
  greatest(points: readonly Point[]): readonly (number | undefined)[];
}

export function slotsOf({ from, to }: Span, everyMs: number): Slots {
  const count = Math.max(0, Math.ceil((to - from) / everyMs));
  const indexOf = (at: number): number => Math.min(count - 1, Math.max(0, Math.floor((at - from) / everyMs)));
  const grouped = (points: readonly Point[]): number[][] => {
    const groups: number[][] = Array.from({ length: count }, () => []);
    for (const { at, value } of points) groups[indexOf(at)]?.push(value);
    return groups;
  };
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  return {
    starts: Array.from({ length: count }, (_, index) => from + index * everyMs),
    indexOf,
    sums: (points) => grouped(points).map(sum),
    averages: (points) =>
      grouped(points).map((values) => (values.length === 0 ? undefined : sum(values) / values.length)),
    greatest: (points) => grouped(points).map((values) => (values.length === 0 ? undefined : Math.max(...values))),
  };
}
