import { MODEL } from '../e2e/harness';
import type { Case, Expected } from './cases';
import type { Program } from './programs';
import type { Outcome } from './question';
import type { World } from './worlds';

/** The libraries' words for an answer that has come to its end. */
const ENDS: readonly unknown[] = ['end_turn', 'stop'];
/** The end of what the simulated model says to anything. */
const WHOLE = /^You asked: “[^]*in about a dozen pieces[^]*再見, so that a split inside one would show\.$/;

/** What is not as it should be, in words; empty where all is well. */
export function complaints(
  { expected }: Case,
  outcome: Outcome,
  stream: boolean,
  world: World,
  { errors, hidesModel = false }: Program,
): string[] {
  const wrong: string[] = [];
  const same = (what: string, is: unknown, should: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(should))
      wrong.push(`${what} is ${short(is)} instead of ${short(should)}`);
  };
  const asked = world.gateway.asked();
  if (expected.asks === 'again' ? asked < 2 : asked !== (expected.asks ?? asked)) wrong.push(`it asked ${asked} times`);
  if (expected.error !== undefined) {
    same('the error', outcome.error?.name ?? 'none', errors[expected.error]);
    if (typeof expected.error === 'number') same('its status', outcome.error?.status, expected.error);
    return wrong;
  }
  if (outcome.error)
    return [...wrong, `it failed: ${outcome.error.name} ${outcome.error.status} ${outcome.error.message}`];
  if (expected.text !== undefined) same('the text', outcome.text, expected.text);
  else if (!WHOLE.test(outcome.text)) wrong.push(`the text is ${short(outcome.text)}`);
  if (!ENDS.includes(outcome.stop)) wrong.push(`it ended with ${short(outcome.stop)}`);
  same('what was called', outcome.calls, expected.calls ?? []);
  same('what was parsed', outcome.parsed, expected.parsed);
  same('the model', outcome.model, hidesModel && stream ? MODEL : world.model);
  if (outcome.tokens.input < 1) wrong.push('no tokens of the question are counted');
  if (outcome.tokens.output < 1 && expected.text !== '') wrong.push('no tokens of the answer are counted');
  return [...wrong, ...notGiven(expected, world)];
}

function notGiven({ given = [] }: Expected, { gateway, next }: World): string[] {
  const body = new TextDecoder().decode(gateway.calls(next).at(-1)?.body);
  return given.filter((words) => !body.includes(words)).map((words) => `the host was not given ${short(words)}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 80)} … ${text.slice(-60)} (${text.length} characters)` : text;
}
