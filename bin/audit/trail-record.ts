import * as v from 'valibot';
import { hashOf, type Seal } from '../../lambda/gateway/audit/seal';

/** A record as it lies in the trail. */
export interface TrailRecord extends Seal {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly ends?: boolean | undefined;
}

export interface FoundRecord {
  readonly record: TrailRecord;
  /** The object that it lies in. */
  readonly place: string;
  /** What stands in it is what its writer has sealed. */
  readonly isSound: boolean;
}

const form = v.looseObject({
  writer: v.string(),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  prev: v.nullish(v.string()),
  hash: v.string(),
  at: v.string(),
  ends: v.nullish(v.boolean()),
});

/** Undefined where it is no record at all. */
export function readRecord(json: unknown, place: string): FoundRecord | undefined {
  const { success, output } = v.safeParse(form, json);
  if (!success) return undefined;
  const { writer, seq, hash, at } = output;
  const record = { writer, seq, prev: output.prev ?? undefined, hash, at, ends: output.ends ?? undefined };
  return { record, place, isSound: hashOf(output) === hash };
}
