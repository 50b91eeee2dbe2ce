import type { Answer } from '../answer';
import type { Judgement } from './judge';

export interface Difference {
  readonly kind: string;
  /** The gravest are shown first. */
  readonly weight: number;
}

/** Shorter or longer by so much is another answer. */
const RATIO = 2;

type Row = readonly [kind: string, weight: number, isThere: (judged: Judgement, answer: Answer) => boolean];

const ROWS: readonly Row[] = [
  ['no answer', 32, ({ answered }) => !answered],
  ['invalid', 24, (judged) => judged.validity === 'invalid'],
  ['not as expected', 24, ({ unmet = [], answered }) => answered && unmet.length > 0],
  ['refusal differs', 16, ({ sameRefusal }) => sameRefusal === false],
  ['other tools', 12, ({ sameTools, answered }) => answered && sameTools === false],
  ['other language', 8, ({ sameLanguage }) => sameLanguage === false],
  ['other stop reason', 4, ({ sameStopReason }) => sameStopReason === false],
  ['something dropped', 2, (_, answer) => answer.isGiven && answer.dropped.length > 0],
  ['much shorter', 1, ({ lengthRatio }) => lengthRatio !== undefined && lengthRatio < 1 / RATIO],
  ['much longer', 1, ({ lengthRatio }) => lengthRatio !== undefined && lengthRatio > RATIO],
];

/** In what an answer is another, or cannot be used; the gravest first. */
export const differencesOf = (judged: Judgement, answer: Answer): Difference[] =>
  ROWS.filter(([, , isThere]) => isThere(judged, answer)).map(([kind, weight]) => ({ kind, weight }));
