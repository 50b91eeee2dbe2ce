import { shareOf } from '../chain/affinity';
import type { Link } from '../chain/plan';

/** A number in [0, 1) for a conversation and a host: the same each time, and unlike those of other hosts. */
export const drawn = (conversation: number, { host }: Pick<Link, 'host'>): number =>
  shareOf(`${conversation} ${host.name}`);

/**
 * The links from the luckiest on, where luck goes by weight. Each link's luck is its own: one that is taken out, or whose weight
 * changes, moves its share of the conversations and no others.
 */
export function byLuck(
  links: readonly Link[],
  conversation: number,
  weight: (link: Link) => number = () => 1,
): readonly Link[] {
  const luck = new Map(links.map((link) => [link, weight(link) / -Math.log(drawn(conversation, link))]));
  return links.toSorted((a, b) => luck.get(b)! - luck.get(a)!);
}
