import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import type { AskedOfDoor } from './asked';

const LEVELS = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

interface Effort {
  readonly level?: string;
  readonly thinking?: JsonObject;
}

/** `reasoning_effort`: how much Claude thinks, and that it does; an effort that the model lacks becomes the next below. */
export function effort({ body, model, dropped }: AskedOfDoor): Effort {
  const wanted = textOf(body['reasoning_effort']);
  if (wanted === undefined) return {};
  if (wanted === 'none' && model.thinking.includes('disabled')) return { thinking: { type: 'disabled' } };
  const place = LEVELS.indexOf(wanted);
  const known = LEVELS.filter((level) => model.effort.includes(level));
  const level = known.findLast((each) => LEVELS.indexOf(each) <= place) ?? known[0];
  if (place < 0 || level === undefined) {
    dropped.add('reasoning_effort');
    return {};
  }
  return { level, ...(mayThink(body) && model.thinking.includes('adaptive') && { thinking: THINKING }) };
}

/** Without `display` the newer models think in silence. */
const THINKING = { type: 'adaptive', display: 'summarized' };

/** A call that is forced leaves no room for thought, and who has said how to think is not corrected. */
function mayThink({ thinking, tool_choice: choice }: JsonObject): boolean {
  return !isObject(thinking) && choice !== 'required' && !isObject(choice);
}
