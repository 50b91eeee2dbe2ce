import type { OtherHostBase, KeySource } from './host-config';
import type { KindFacts } from './kind-facts';

/** api.openai.com, or any server that speaks its Chat Completions: `endpoint` is what `/chat/completions` is added to. */
export interface OpenaiHostConfig extends OtherHostBase {
  readonly kind: 'openai';
  /** @default - none, which only a server of one's own takes */
  readonly keys?: readonly KeySource[];
}

export const openaiKind: KindFacts<OpenaiHostConfig> = { modelId: 'id on the OpenAI wire' };
