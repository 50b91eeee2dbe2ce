import { type Answer, type GivenAnswer, textOfAnswer, toolCalls } from '../answer';
import type { CompareRequest } from '../requests';
import { languageOf } from './language';
import { jsonProblem } from './schema-check';
import { clientTools, validity, type Validity } from './validity';

/** What is seen of an answer by itself, and beside the reference's; undefined where there is nothing to compare. */
export interface Judgement {
  readonly answered: boolean;
  readonly tools: readonly string[];
  readonly sameTools: boolean | undefined;
  readonly validity: Validity;
  /** May quote the answer. */
  readonly problems: readonly string[];
  readonly refused: boolean;
  readonly sameRefusal: boolean | undefined;
  readonly language: string | undefined;
  readonly sameLanguage: boolean | undefined;
  readonly sameStopReason: boolean | undefined;
  readonly words: number;
  /** Words for each of the reference's. */
  readonly lengthRatio: number | undefined;
  /** Expectations of the request that it does not meet; undefined where it has none. May quote the answer. */
  readonly unmet: readonly string[] | undefined;
}

const NOTHING = {
  answered: false,
  tools: [],
  validity: 'nothing to check',
  problems: [],
  refused: false,
  sameRefusal: undefined,
  language: undefined,
  sameLanguage: undefined,
  sameStopReason: undefined,
  words: 0,
  lengthRatio: undefined,
} as const;

/** `reference` is undefined for the reference itself. */
export function judge(request: CompareRequest, answer: Answer, reference: Answer | undefined): Judgement {
  const other = reference?.isGiven ? reference : undefined;
  const hasTools = other !== undefined && clientTools(request).length > 0;
  const isExpected = Object.keys(request.expect).length > 0;
  if (!answer.isGiven) {
    // Who asks for the same tools is not served by none.
    return { ...NOTHING, sameTools: hasTools ? false : undefined, unmet: isExpected ? ['an answer'] : undefined };
  }
  const seen = look(request, answer);
  const own = other && look(request, other);
  return {
    answered: true,
    ...seen,
    sameTools: hasTools ? seen.tools.join() === own?.tools.join() : undefined,
    sameRefusal: own && seen.refused === own.refused,
    sameLanguage:
      own?.language === undefined || seen.language === undefined ? undefined : seen.language === own.language,
    sameStopReason: other && answer.stopReason === other.stopReason,
    lengthRatio: own && own.words > 0 && seen.words > 0 ? seen.words / own.words : undefined,
    unmet: isExpected ? unmet(request, answer, seen) : undefined,
  };
}

function look(request: CompareRequest, answer: GivenAnswer) {
  const text = textOfAnswer(answer);
  const { is, problems } = validity(request, answer);
  return {
    tools: toolCalls(answer)
      .map(({ name }) => name)
      .toSorted(),
    validity: is,
    problems,
    refused: answer.stopReason === 'refusal',
    language: languageOf(text),
    // Scripts without spaces have no words to count: their characters stand for them.
    words:
      text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+/gu)?.length ?? 0,
  };
}

function unmet({ expect }: CompareRequest, answer: GivenAnswer, seen: ReturnType<typeof look>): string[] {
  const { tools, schema, refused, language, stopReason, maxSeconds } = expect;
  const problem = schema && jsonProblem(textOfAnswer(answer), schema);
  const checks: readonly (readonly [isMet: boolean, what: string])[] = [
    [
      tools === undefined || tools.toSorted().join() === seen.tools.join(),
      `calls of ${tools?.join(', ') || 'no tool'}`,
    ],
    [problem === undefined, `text of its schema: ${problem}`],
    [refused === undefined || refused === seen.refused, refused ? 'a refusal' : 'no refusal'],
    // Of a few words nobody can tell.
    [language === undefined || (seen.language ?? language) === language, `language ${language}`],
    [stopReason === undefined || stopReason === answer.stopReason, `stop reason ${stopReason}`],
    [maxSeconds === undefined || answer.wholeMs <= maxSeconds * 1000, `the whole within ${maxSeconds} s`],
  ];
  return checks.flatMap(([isMet, what]) => (isMet ? [] : [what]));
}
