import type { LinkFigures, Share } from '../figures';

export const NONE = '–';

export const share = ({ yes, of }: Share): string => (of === 0 ? NONE : `${yes}/${of}`);

export function seconds(ms: number | undefined): string {
  if (ms === undefined) return NONE;
  return ms < 995 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

export const usd = (value: number): string => `$${value < 0.1 ? value.toFixed(4) : value.toFixed(2)}`;

export const ratio = (value: number | undefined): string => (value === undefined ? NONE : `×${value.toFixed(2)}`);

/** What is known, and for how many answers it is not. */
export function cost({ costUsd, unpriced, answered }: LinkFigures): string {
  if (answered.yes === 0) return NONE;
  if (unpriced === 0) return usd(costUsd);
  return unpriced === answered.yes ? 'unknown' : `${usd(costUsd)} + ${unpriced} unknown`;
}

/** The columns of both tables, on the terminal and on the page. */
export const COLUMNS: readonly (readonly [title: string, of: (figures: LinkFigures) => string])[] = [
  ['link', ({ link }) => link],
  ['answered', ({ answered }) => share(answered)],
  ['same tools', ({ sameTools }) => share(sameTools)],
  ['valid', ({ valid }) => share(valid)],
  ['refused', ({ refused }) => share(refused)],
  ['as expected', ({ expected }) => share(expected)],
  ['same language', ({ sameLanguage }) => share(sameLanguage)],
  ['length', ({ lengthRatio }) => ratio(lengthRatio)],
  ['first content', ({ firstContentMs }) => seconds(firstContentMs)],
  ['whole', ({ wholeMs }) => seconds(wholeMs)],
  ['dropped', ({ dropped }) => String(dropped)],
  ['cost', cost],
];
