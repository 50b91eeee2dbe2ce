import * as v from 'valibot';
import { HEAD_MESSAGE } from '../../lib/contract';

/** How far a chain has come, by somebody else than the trail. */
export interface KnownHead {
  readonly writer: string;
  readonly seq: number;
  readonly hash: string;
  /** Who says so. */
  readonly source: string;
}

const line = v.object({
  message: v.literal(HEAD_MESSAGE),
  writer: v.string(),
  seq: v.number(),
  hash: v.string(),
});

/** The furthest of each writer, from lines of a router's log. */
export function headsIn(lines: Iterable<string>, source: string): KnownHead[] {
  const heads = new Map<string, KnownHead>();
  for (const text of lines) {
    if (!text.includes(HEAD_MESSAGE)) continue;
    const { success, output } = v.safeParse(line, parsed(text.slice(text.indexOf('{'))));
    if (!success || (heads.get(output.writer)?.seq ?? -1) >= output.seq) continue;
    heads.set(output.writer, { writer: output.writer, seq: output.seq, hash: output.hash, source });
  }
  return [...heads.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
