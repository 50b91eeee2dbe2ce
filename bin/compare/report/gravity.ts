import type { ComparedRequest } from '../run-comparison';

/** Differences first, the gravest before the others; else in the order of the file. */
export const byGravity = (compared: readonly ComparedRequest[]): ComparedRequest[] =>
  compared.toSorted((a, b) => gravity(b) - gravity(a));

export interface LinkDifferences {
  readonly link: string;
  readonly kinds: readonly string[];
}

/** By link, whatever the round; links without any are left out. */
export function differenceCounts({ rounds }: ComparedRequest): LinkDifferences[] {
  const byLink = new Map<string, Set<string>>();
  for (const { link, differences } of rounds.flat()) {
    const kinds = byLink.get(link.name) ?? new Set();
    for (const { kind } of differences) kinds.add(kind);
    byLink.set(link.name, kinds);
  }
  return [...byLink].filter(([, kinds]) => kinds.size > 0).map(([link, kinds]) => ({ link, kinds: [...kinds] }));
}

const gravity = ({ rounds }: ComparedRequest): number =>
  Math.max(...rounds.flat().map(({ differences }) => differences.reduce((sum, { weight }) => sum + weight, 0)));
