import type { OtherHostBase } from './host-config';
import type { KindFacts } from './kind-facts';

/** Bedrock's models of other makers, through its OpenAI door. */
export interface BedrockModelsHostConfig extends OtherHostBase {
  readonly kind: 'bedrock-models';
  readonly region: string;
}

export const bedrockModelsKind: KindFacts<BedrockModelsHostConfig> = { modelId: 'id on Bedrock of any other model' };
