import { createHash, randomBytes } from 'node:crypto';
import type { HostKind } from '../../../lib/contract';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const MARKS: Partial<Record<HostKind, string>> = { bedrock: 'bdrk_', vertex: 'vrtx_' };

const spell = (bytes: Uint8Array) => Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** A fresh id as this kind of host writes it: `msg_01…`, `msg_bdrk_01…`, `req_vrtx_01…`. */
export function freshId(prefix: string, kind: HostKind): string {
  return `${prefix}_${MARKS[kind] ?? ''}01${spell(randomBytes(22))}`;
}

/** The same for the same content, so that a streamed and an unstreamed answer can be compared. */
export function contentId(prefix: string, kind: HostKind, content: string): string {
  return `${prefix}_${MARKS[kind] ?? ''}01${spell(createHash('sha256').update(content).digest().subarray(0, 22))}`;
}
