import type { ChatDialectTraits } from '../../../lambda/wire/openai/to-chat-request';

/** A server that takes everything the wire has. */
export const ALL: ChatDialectTraits = {
  maxTokensField: 'max_tokens',
  systemRole: 'system',
  takes: {
    temperature: true,
    stop: 4,
    images: true,
    pdf: true,
    parallelToolCalls: true,
    reasoningEffort: ['low', 'medium', 'high'],
    jsonSchema: true,
    forcedTool: true,
    strictTools: true,
    userField: 'user',
    thoughtSignatures: false,
  },
};

export function without(takes: Partial<ChatDialectTraits['takes']>): ChatDialectTraits {
  return { ...ALL, takes: { ...ALL.takes, ...takes } };
}

/** One that has as little of it as there may be. */
export const BARE = without({
  temperature: false,
  stop: 0,
  images: false,
  pdf: false,
  parallelToolCalls: false,
  reasoningEffort: [],
  jsonSchema: false,
  forcedTool: false,
  strictTools: false,
  userField: undefined,
});

export const GEMINI = without({ thoughtSignatures: true });
