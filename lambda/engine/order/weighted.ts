import type { Link } from '../chain/plan';
import { byLuck } from './drawn';

/** Hosts with a weight first, so that each has its share of the conversations, also of those that another one fails; then the rest. */
export function weighted(
  chain: readonly Link[],
  weights: Readonly<Record<string, number>>,
  conversation: number,
): readonly Link[] {
  const weight = ({ host }: Link): number => weights[host.name] ?? 0;
  const listed = chain.filter((link) => weight(link) === 0);
  return [
    ...byLuck(
      chain.filter((link) => weight(link) > 0),
      conversation,
      weight,
    ),
    ...listed,
  ];
}
