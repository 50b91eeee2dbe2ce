import type { Place } from '../../catalog/places';

const REMEDY = 'remove it, or give it a region, inference profile or location inside';

/** Nobody, or the one whose places lie outside. */
export function whoLeaves(who: string, outside: readonly Place[]): string[] {
  return outside.length === 0 ? [] : [`${who} (${outside.join(', ')})`];
}

export function residencyLeft(residency: string, by: readonly string[]): string {
  return `'residency' ${residency} is left by ${by.join('; ')}; ${REMEDY}, or set 'residency' to Residency.ANYWHERE`;
}
