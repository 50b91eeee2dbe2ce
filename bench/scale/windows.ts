export function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sums over the last so many seconds, for every second. */
export function sums(perSecond: Float64Array, seconds: number): Float64Array {
  let sum = 0;
  return perSecond.map((value, second) => {
    sum += value - (second >= seconds ? perSecond[second - seconds]! : 0);
    return sum;
  });
}

export function peak(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
