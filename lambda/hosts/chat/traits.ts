import { serverOf } from '../../../lib/catalog/others/find-other';
import type { OtherModel } from '../../../lib/catalog/others/other-model';
import type { ChatDialectTraits } from '../../wire/openai/to-chat-request';

/** What every server of the wire takes that follows its description; of efforts and PDFs nothing is known. */
export const PLAIN_CHAT: ChatDialectTraits = {
  maxTokensField: 'max_tokens',
  systemRole: 'system',
  takes: {
    temperature: true,
    stop: 4,
    images: true,
    pdf: false,
    parallelToolCalls: true,
    reasoningEffort: [],
    jsonSchema: true,
    forcedTool: true,
    strictTools: false,
    userField: 'user',
    thoughtSignatures: false,
  },
};

/** OpenAI's own models, at OpenAI and Azure. */
const OPENAI: ChatDialectTraits = {
  ...PLAIN_CHAT,
  maxTokensField: 'max_completion_tokens',
  systemRole: 'developer',
  takes: { ...PLAIN_CHAT.takes, pdf: true, strictTools: true, userField: 'safety_identifier' },
};
const REASONING: ChatDialectTraits = {
  ...OPENAI,
  takes: { ...OPENAI.takes, temperature: false, stop: 0, reasoningEffort: ['low', 'medium', 'high'] },
};

/** It takes no field that is not its own, and its SDK's requests have neither `stream_options` nor one for the user. */
const MISTRAL: ChatDialectTraits = {
  ...PLAIN_CHAT,
  countsUnasked: true,
  takes: { ...PLAIN_CHAT.takes, userField: undefined },
};

/** The models that do not reason are the older ones, and no new ones come: what nobody knows is taken to reason. */
export const openaiTraits = (model: string): ChatDialectTraits =>
  /^gpt-(3|4)|^chatgpt/.test(model) ? OPENAI : REASONING;

/** Servers that are known by their names; every other one is taken by the wire's description. */
const SERVERS: Readonly<Record<string, (model: string) => ChatDialectTraits>> = {
  'api.openai.com': openaiTraits,
  'api.mistral.ai': () => MISTRAL,
};

export const traitsOfServer = (endpoint: string | undefined): ((model: string) => ChatDialectTraits) =>
  SERVERS[serverOf(endpoint)] ?? (() => PLAIN_CHAT);

/** With what is known of the one model. */
export const withKnown = (
  traits: ChatDialectTraits,
  { maxTokens, efforts = traits.takes.reasoningEffort }: OtherModel = {},
): ChatDialectTraits => ({
  ...traits,
  ...(maxTokens !== undefined && { maxTokens }),
  takes: { ...traits.takes, reasoningEffort: efforts },
});
