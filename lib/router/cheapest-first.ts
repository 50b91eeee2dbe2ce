/** Families from the cheapest on. */
const FAMILIES = ['haiku', 'sonnet', 'opus'];

/** Models by what their family costs; those of no known family last. */
export function cheapestFirst(ids: readonly string[]): string[] {
  const rank = (id: string): number => {
    const place = FAMILIES.findIndex((family) => id.includes(family));
    return place < 0 ? FAMILIES.length : place;
  };
  return [...ids].sort((a, b) => rank(a) - rank(b));
}
