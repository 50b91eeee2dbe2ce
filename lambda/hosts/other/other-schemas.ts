import type { OtherHostConfigs, OtherKind } from '../../../lib/contract';
import { azureOpenaiSchema } from '../azure-openai/config-schema';
import { bedrockModelsSchema } from '../bedrock-models/config-schema';
import type { HostSchema } from '../host-schema';
import { messagesSchema } from '../messages/config-schema';
import { openaiSchema } from '../openai/config-schema';
import { vertexGeminiSchema } from '../vertex-gemini/config-schema';

/** What each kind of host of other models is configured by. */
export const OTHER_SCHEMAS = {
  messages: messagesSchema,
  openai: openaiSchema,
  'azure-openai': azureOpenaiSchema,
  'vertex-gemini': vertexGeminiSchema,
  'bedrock-models': bedrockModelsSchema,
} satisfies { readonly [Kind in OtherKind]: HostSchema<OtherHostConfigs[Kind]> };
