const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * A JSON object that breaks off, closed after its last whole member; `{}` where there is none.
 * So a tool input that the token limit has cut reads as the Messages API itself returns it.
 */
export function closeJson(cut: string): string {
  const whole = openEnds(cut);
  return [whole.atEnd, whole.atLastMember].find(isJson) ?? '{}';
}

function openEnds(text: string): { atEnd: string; atLastMember: string } {
  const closers: string[] = [];
  let atLastMember = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char in CLOSER) closers.unshift(CLOSER[char] ?? '');
    else if (char === '}' || char === ']') closers.shift();
    else if (char === ',') atLastMember = text.slice(0, at) + closers.join('');
  }
  return { atEnd: text + closers.join(''), atLastMember };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
