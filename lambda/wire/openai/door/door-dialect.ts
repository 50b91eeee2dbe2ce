import type { JsonObject } from '../../../engine/json';
import type { EventWriter } from './answer/from-stream';
import type { DoorModel } from './request/asked';

/** A request in Anthropic's words, and how what comes of it is told in those of its client. */
export interface AskedAtDoor {
  readonly bytes: Uint8Array;
  readonly stream: boolean;
  /** Fields of the client's that the answer does without. */
  readonly dropped: readonly string[];
  whole(message: JsonObject, created: number): object;
  writer(created: number): EventWriter;
}

/** One of OpenAI's wires. Throws `InvalidRequest` for what cannot be asked of Claude. */
export type DoorDialect = (bytes: Uint8Array, modelOf: (name: string) => DoorModel, isCached: boolean) => AskedAtDoor;
