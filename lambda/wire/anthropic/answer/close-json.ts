import { parseJson } from '../../../engine/json';

const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * A JSON object that breaks off, closed after its last whole member; `{}` where there is none.
 * So a tool input that the token limit has cut reads as the Messages API itself returns it.
 */
export function closeJson(cut: string): string {
  const { open, lastComma } = scan(cut, cut.length);
  const whole = cut + closing(open);
  if (parseJson(whole) !== undefined) return whole;
  if (lastComma < 0) return '{}';
  const short = cut.slice(0, lastComma) + closing(scan(cut, lastComma).open);
  return parseJson(short) === undefined ? '{}' : short;
}

/** The closers that are due at `end`, the innermost last, and the last comma between members. */
function scan(text: string, end: number): { open: readonly string[]; lastComma: number } {
  const open: string[] = [];
  let lastComma = -1;
  let quoted = false;
  for (let at = 0; at < end; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char in CLOSER) open.push(CLOSER[char]!);
    else if (char === '}' || char === ']') open.pop();
    else if (char === ',') lastComma = at;
  }
  return { open, lastComma };
}

const closing = (open: readonly string[]): string => [...open].reverse().join('');
