/** A number for people: three digits that matter, and no exponent. */
export function count(value: number): string {
  if (value >= 100) return rounded(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2);
  return Math.round(value / unit) * unit;
}

export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  return `${(100 * share).toLocaleString('en-US', { maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 })} %`;
}
