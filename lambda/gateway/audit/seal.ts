import { createHash } from 'node:crypto';

/** What makes a missing or a changed record show: its place in its writer's chain, and the hash of all that stands in it. */
export interface Seal {
  readonly writer: string;
  /** 0 of a writer's first record. */
  readonly seq: number;
  /** Hash of the record before; a first one has none. */
  readonly prev?: string | undefined;
  readonly hash: string;
}

/** How far a chain has come. */
export type Head = Pick<Seal, 'seq' | 'hash'>;

/** One text for one record, whatever the order of its fields; a field of null is one that is not there. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, part]) => part !== undefined && part !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join()}}`;
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** Of a record with its place in the chain, without the hash itself. */
export const hashOf = (record: object): string => sha256(canonical({ ...record, hash: undefined }));

/** The record that comes after `head` in a writer's chain. */
export function sealed<Entry extends object>(entry: Entry, writer: string, head: Head | undefined): Entry & Seal {
  const placed = { ...entry, writer, seq: head === undefined ? 0 : head.seq + 1, prev: head?.hash };
  return { ...placed, hash: hashOf(placed) };
}
