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

/** The models that do not reason are the older ones, and no new ones come: what nobody knows is taken to reason. */
export const openaiTraits = (model: string): ChatDialectTraits =>
  /^gpt-(3|4)|^chatgpt/.test(model) ? OPENAI : REASONING;
