import type { Link } from '../chain/plan';

/** Less is not worth a host's warm caches. */
const WORTH_IT = 0.98;

/** From the cheapest on; of those that cost as good as the same, in the chain's order. */
export function cheapest(chain: readonly Link[], costOf: (link: Link) => number): readonly Link[] {
  const left = chain.map((link) => ({ link, cost: costOf(link) }));
  const ordered: Link[] = [];
  while (left.length > 0) {
    const least = Math.min(...left.map(({ cost }) => cost));
    const place = left.findIndex(({ cost }) => cost * WORTH_IT <= least);
    ordered.push(...left.splice(Math.max(place, 0), 1).map(({ link }) => link));
  }
  return ordered;
}
