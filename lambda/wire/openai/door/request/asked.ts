import type { JsonObject } from '../../../../engine/json';

/** What has to be known of a model to ask it in Anthropic's words. */
export interface DoorModel {
  readonly maxTokens: number;
  /** It has `temperature` and `top_p`. */
  readonly takesSampling: boolean;
  readonly effort: readonly string[];
  /** What `thinking.type` may say. */
  readonly thinking: readonly string[];
  readonly structuredOutputs: boolean;
}

/** The body as its client sent it, and what its translation leaves out. */
export interface AskedOfDoor {
  readonly body: JsonObject;
  readonly model: DoorModel;
  readonly dropped: Set<string>;
}
