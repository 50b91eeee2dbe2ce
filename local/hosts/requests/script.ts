import { isRecord, records, type Json } from '../../json';

/** A part of a turn: words, or a call of a tool. */
export type ScriptPart = string | { readonly name: string; readonly input: Json };

/** To the end of its line, which is JSON: a list of turns, each a list of parts. */
const SCRIPT = /\bsim:turns=(\[[^\n]*\])/;

/**
 * What a user has told the model to say, turn after turn: `sim:turns=[["Let me look.",{"name":"Read","input":{}}],["Done."]]`.
 * Undefined where nobody has, once all is said, and in side questions that come without the tools.
 */
export function scriptedTurn({ messages, tools }: Json): readonly ScriptPart[] | undefined {
  const all = records(messages);
  const told = all.findLastIndex((message) => message['role'] === 'user' && SCRIPT.test(wordsOf(message)));
  const said = all.slice(told + 1).filter(({ role }) => role === 'assistant').length;
  const turn = told < 0 ? undefined : turnsOf(wordsOf(all[told]))[said];
  const known = new Set(records(tools).map(({ name }) => name));
  return turn?.every((part) => typeof part === 'string' || known.has(part.name)) ? turn : undefined;
}

function wordsOf(message: Json | undefined): string {
  const content = message?.['content'];
  if (typeof content === 'string') return content;
  return records(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n');
}

function turnsOf(text: string): readonly ScriptPart[][] {
  const turns = parse(SCRIPT.exec(text)?.[1] ?? '');
  return Array.isArray(turns) ? turns.map((turn) => (Array.isArray(turn) ? turn.flatMap(partOf) : [])) : [];
}

/** Who quotes a user may cut the script short. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function partOf(part: unknown): ScriptPart[] {
  if (typeof part === 'string') return [part];
  if (!isRecord(part) || typeof part['name'] !== 'string') return [];
  return [{ name: part['name'], input: isRecord(part['input']) ? part['input'] : {} }];
}
