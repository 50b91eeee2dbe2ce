import { quantile } from '../../local/report/quantile';
import type { ComparedRequest, Judged } from './run-comparison';

/** Of how many it holds, for how many it could. */
export interface Share {
  readonly yes: number;
  readonly of: number;
}

/** One link over all requests. Shares that compare have nothing for the reference's own first answers. */
export interface LinkFigures {
  readonly link: string;
  readonly isReference: boolean;
  readonly answered: Share;
  readonly sameTools: Share;
  readonly valid: Share;
  readonly refused: Share;
  readonly sameLanguage: Share;
  readonly expected: Share;
  /** Words for each of the reference's, at the median. */
  readonly lengthRatio: number | undefined;
  readonly firstContentMs: number | undefined;
  readonly wholeMs: number | undefined;
  readonly dropped: number;
  /** Of the answers whose model has a known price. */
  readonly costUsd: number;
  /** Answers whose cost is not known. */
  readonly unpriced: number;
}

export function figuresOf(compared: readonly ComparedRequest[]): LinkFigures[] {
  const all = compared.flatMap(({ rounds }) => rounds.flat());
  const links = [...new Set(all.map(({ link }) => link.name))];
  return links.map((name, index) =>
    figures(
      name,
      index === 0,
      all.filter(({ link }) => link.name === name),
    ),
  );
}

function figures(link: string, isReference: boolean, judged: readonly Judged[]): LinkFigures {
  const share = (of: (each: Judged) => boolean | undefined): Share => {
    const known = judged.map(of).filter((value) => value !== undefined);
    return { yes: known.filter(Boolean).length, of: known.length };
  };
  const given = judged.flatMap(({ answer }) => (answer.isGiven ? [answer] : []));
  const median = (values: readonly number[]): number | undefined =>
    values.length === 0 ? undefined : quantile(values, 0.5);
  return {
    link,
    isReference,
    answered: share(({ judgement }) => judgement.answered),
    sameTools: share(({ judgement }) => judgement.sameTools),
    valid: share(({ judgement: { validity } }) => (validity === 'nothing to check' ? undefined : validity === 'valid')),
    refused: share(({ judgement }) => (judgement.answered ? judgement.refused : undefined)),
    sameLanguage: share(({ judgement }) => judgement.sameLanguage),
    expected: share(({ judgement: { unmet } }) => (unmet === undefined ? undefined : unmet.length === 0)),
    lengthRatio: median(judged.flatMap(({ judgement }) => judgement.lengthRatio ?? [])),
    firstContentMs: median(given.map(({ firstContentMs }) => firstContentMs)),
    wholeMs: median(given.map(({ wholeMs }) => wholeMs)),
    dropped: given.filter(({ dropped }) => dropped.length > 0).length,
    costUsd: given.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    unpriced: given.filter(({ costUsd }) => costUsd === undefined).length,
  };
}
