/** Scripts that one language has nearly to itself. Japanese is before Chinese, whose characters it shares. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['uk', /[іїєґ]/giu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/** The commonest words of languages in Latin letters. What two of them share counts for both. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the and of to in is a that it its for you on with are this have not be was as by at from or but they which can will',
    de: 'der die das und in ist nicht ein eine zu den mit von sich auf für dem des auch es wird bei sie im dass ich als an',
    fr: 'le la les et de des est un une dans en que pour qui pas sur vous avec ce il sont au cette à du l d par ne plus',
    es: 'el la los las y es que un una por con para del se no su como más al lo está pero de en a le sus o son ha',
    pt: 'o a os as e é que um uma por com para não do da em se mais como são ao mas de no na dos das ou os foi',
    it: 'il gli e è che un una per con non di del della sono si nel più come anche alla questo la le i in a da lo al',
    nl: 'de het een en is van niet dat op te zijn voor met aan ook er maar door wordt naar in die om als bij uit ze dan',
    pl: 'i w nie na się z że do jest to jak o co ale po tak przez przy dla lub są od oraz za jego już który może',
    sv: 'och att det som en är på för med av till inte den har de ett om kan var från i vid eller men också sig så när',
    tr: 've bir bu için da de ile çok daha gibi olarak olan en var ne ama sonra kadar değil her o ya ki mi ise hem biri',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
);

const FEWEST_LETTERS = 20;
const SCRIPT_SHARE = 0.2;
/** Of running text about a third are such words; a list of names or a line of code has hardly any. */
const WORD_SHARE = 0.12;

/** Two letters, by script or by the share of the commonest words; undefined where a text is too short, or none of them. */
export function languageOf(text: string): string | undefined {
  const prose = text.replace(/```[\s\S]*?(```|$)/g, ' ');
  const letters = count(prose, /\p{L}/gu);
  const script = SCRIPTS.find(
    ([, pattern]) => count(prose, pattern) > letters * (pattern.flags.includes('i') ? 0.02 : SCRIPT_SHARE),
  );
  if (script && letters > 0) return script[0];
  if (letters < FEWEST_LETTERS) return undefined;
  const words = prose.toLowerCase().match(/\p{L}+/gu) ?? [];
  const ranked = Object.entries(WORDS)
    .map(([language, common]) => ({ language, hits: words.filter((word) => common.has(word)).length }))
    .toSorted((a, b) => b.hits - a.hits);
  const [best, second] = ranked;
  const isClear = best!.hits >= words.length * WORD_SHARE && best!.hits > second!.hits;
  return isClear ? best!.language : undefined;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
