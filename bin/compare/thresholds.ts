import type { LinkFigures, Share } from './figures';

/** A limit for each link, as a share from 0 to 1. */
export interface Threshold {
  /** As the command line has it. */
  readonly option: string;
  readonly figure: 'answered' | 'sameTools' | 'valid' | 'refused' | 'sameLanguage' | 'expected';
  readonly description: string;
  /** Holds a link against the reference, which has nothing to be held against. */
  readonly compares?: true;
}

export const THRESHOLDS: readonly Threshold[] = [
  { option: 'min-answered', figure: 'answered', description: 'requests it answers' },
  {
    option: 'min-same-tools',
    figure: 'sameTools',
    description: 'requests with tools where it calls the same',
    compares: true,
  },
  { option: 'min-valid', figure: 'valid', description: 'calls and structured outputs that fit their schema' },
  { option: 'min-expected', figure: 'expected', description: 'requests with "expect" that it meets' },
  { option: 'min-same-language', figure: 'sameLanguage', description: 'answers in the same language', compares: true },
  { option: 'max-refused', figure: 'refused', description: 'answers that are a refusal' },
];

/** By option. */
export type Limits = Readonly<Record<string, number | undefined>>;

/** What is not held, one a line. A share of nothing is not held: whoever set the limit believes that it is measured. */
export function broken(limits: Limits, links: readonly LinkFigures[]): string[] {
  return THRESHOLDS.flatMap(({ option, figure, compares }) => {
    const limit = limits[option];
    if (limit === undefined) return [];
    return links
      .filter(({ isReference }) => !(compares && isReference))
      .flatMap((link) => {
        const problem = problemOf(link[figure], limit, option.startsWith('max-'));
        return problem === undefined ? [] : [`${link.link}: ${problem} (--${option} ${limit})`];
      });
  });
}

function problemOf({ yes, of }: Share, limit: number, isMost: boolean): string | undefined {
  if (of === 0) return isMost ? undefined : 'there was nothing to measure';
  const share = yes / of;
  return (isMost ? share <= limit : share >= limit) ? undefined : `${yes} of ${of}`;
}
