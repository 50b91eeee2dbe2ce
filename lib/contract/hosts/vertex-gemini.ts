import type { OtherHostBase } from './host-config';
import type { KindFacts } from './kind-facts';
import type { GoogleFederation } from './vertex';

/** Gemini through Vertex AI's OpenAI door, with the identity that a `vertex` host has. */
export interface VertexGeminiHostConfig extends OtherHostBase {
  readonly kind: 'vertex-gemini';
  readonly project: string;
  /** `global` or a region. */
  readonly location: string;
  /** @default - Google application default credentials */
  readonly federation?: GoogleFederation;
}

export const vertexGeminiKind: KindFacts<VertexGeminiHostConfig> = { modelId: 'id such as google/gemini-…' };
