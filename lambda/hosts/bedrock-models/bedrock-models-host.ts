import type { BedrockModelsHostConfig } from '../../../lib/contract';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { createSigner } from '../../aws/sigv4';
import type { ChatDialectTraits } from '../../wire/openai/to-chat-request';
import { createChatHost } from '../chat/chat-host';
import { openaiTraits, PLAIN_CHAT } from '../chat/traits';
import type { HostDeps } from '../host-deps';
import type { OtherHost } from '../other/create-adapter';
import { abortable } from '../transport/abortable';

/** Of all but OpenAI's no effort is documented there. */
const traits = (model: string): ChatDialectTraits => {
  if (model.includes('gpt-oss')) return GPT_OSS;
  const [, gpt] = /(?:^|\.)openai\.(gpt-.+)$/.exec(model) ?? [];
  return gpt === undefined ? PLAIN_CHAT : openaiTraits(gpt);
};
const GPT_OSS: ChatDialectTraits = {
  ...PLAIN_CHAT,
  takes: { ...PLAIN_CHAT.takes, images: false, reasoningEffort: ['low', 'medium', 'high'] },
};

/** Every text model of Bedrock's, through its OpenAI door. */
export function createBedrockModelsHost(config: BedrockModelsHostConfig, deps: HostDeps): OtherHost {
  const credentials = awsCredentialSource(deps.env);
  const sign = createSigner('bedrock', config.region, credentials, deps.clock);
  return createChatHost(config, deps, {
    baseUrl: `https://bedrock-runtime.${config.region}.amazonaws.com/openai/v1`,
    traits,
    refreshCredential: () => credentials.refresh(),
    authorized: (request, _key, signal, origin) => abortable(sign(request, origin), signal, 'signing'),
  });
}
