/**
 * The value that a share of the values does not exceed: the nearest rank, which is a value that occurred. NaN of none.
 * Libraries interpolate between two; what was measured once in a hundred times would then be shown as less than it was.
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  const ranked = Float64Array.from(values).sort();
  return ranked[Math.max(0, Math.ceil(share * ranked.length) - 1)] ?? NaN;
}
