import { count, percent } from '../../scale/page/numbers';
import type { FigureName, Figures } from '../figure-names';
import type { Target } from '../incident';

interface Words {
  readonly what: string;
  readonly format: (value: number) => string;
}

const seconds = (value: number): string => `${count(value)} s`;
const rate = (value: number): string => value.toFixed(2);
const whole = (value: number): string => value.toLocaleString('en-US');

/** How a figure is said where a target is set for it. */
const WORDS: Readonly<Partial<Record<FigureName, Words>>> = {
  failed: { what: 'failed', format: whole },
  failedKnowing: { what: 'failed in a process that had seen one fail', format: whole },
  failedAfterwards: { what: 'failed 15 s after the end or later', format: whole },
  left: { what: 'left', format: percent },
  attempts: { what: 'attempts a request', format: rate },
  attemptsPerHost: { what: 'attempts a host and request', format: rate },
  leftAfter: { what: 'until the primary is left', format: seconds },
  served: { what: 'of what fits is served', format: percent },
  untrue: { what: 'refused without 429 or 529 and a true `retry-after`', format: whole },
  changed: { what: 'requests of others changed', format: whole },
};

const wordsOf = (figure: FigureName): Words => WORDS[figure] ?? { what: figure, format: whole };

export function targetText({ figure, atMost, atLeast = 0 }: Target): string {
  const { what, format } = wordsOf(figure);
  if (atMost === 0) return `0 ${what}`;
  return atMost === undefined ? `at least ${format(atLeast)} ${what}` : `at most ${format(atMost)} ${what}`;
}

/** Where the primary was never left, a target for the time until then is missed. */
export function isMet({ figure, atMost = Infinity, atLeast = -Infinity }: Target, figures: Figures): boolean {
  const value = figures[figure];
  return value !== undefined && value <= atMost && value >= atLeast;
}

export function measuredText({ figure }: Target, figures: Figures): string {
  const value = figures[figure];
  return value === undefined ? 'never' : wordsOf(figure).format(value);
}

export const metBy = (targets: readonly Target[], figures: Figures | undefined): boolean =>
  figures !== undefined && targets.every((target) => isMet(target, figures));
