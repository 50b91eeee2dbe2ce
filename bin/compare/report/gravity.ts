import type { ComparedRequest } from '../run-comparison';

/** Differences first, the gravest before the others; else in the order of the file. */
export const byGravity = (compared: readonly ComparedRequest[]): ComparedRequest[] =>
  compared.toSorted((a, b) => gravity(b) - gravity(a));

export interface LinkDifferences {
  readonly link: string;
  readonly kinds: readonly string[];
  /** Why there was no answer, in the router's words alone: `host:reason`. Empty where there were answers. */
  readonly trace: string;
}

/** By link, whatever the round; links without any are left out. */
export function differenceCounts({ rounds }: ComparedRequest): LinkDifferences[] {
  const all = rounds.flat();
  return [...new Set(all.map(({ link }) => link.name))].flatMap((link) => {
    const results = all.filter((each) => each.link.name === link);
    const kinds = new Set(results.flatMap(({ differences }) => differences.map(({ kind }) => kind)));
    const trace = results.map(({ answer }) => (answer.isGiven ? '' : answer.trace)).find((each) => each !== '') ?? '';
    return kinds.size > 0 ? [{ link, kinds: [...kinds], trace }] : [];
  });
}

const gravity = ({ rounds }: ComparedRequest): number =>
  Math.max(...rounds.flat().map(({ differences }) => differences.reduce((sum, { weight }) => sum + weight, 0)));
