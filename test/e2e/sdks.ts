import Anthropic from '@anthropic-ai/sdk';
import AnthropicZero from 'anthropic-sdk-0';
import { GATEWAY_KEY, MODEL } from './harness';

export interface SdkAnswer {
  readonly id: string;
  readonly model: string;
  readonly content: readonly { readonly type: string; readonly [field: string]: unknown }[];
  readonly stop_reason: string | null;
  readonly usage: { readonly output_tokens: number };
}

interface ToolUse {
  type: 'tool_use';
  id: string;
  name: string;
  input: object;
}
interface ToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content: string;
}
/** What both generations take. */
interface Ask {
  max_tokens: number;
  messages: { role: 'user' | 'assistant'; content: string | (ToolUse | ToolResult)[] }[];
  tools?: { name: string; description: string; input_schema: { type: 'object'; properties: object } }[];
  thinking?: { type: 'enabled'; budget_tokens: number };
}

/** What the tests use of a client, the same for both generations. */
export interface SdkClient {
  create(ask: Ask, model?: string): Promise<SdkAnswer>;
  stream(ask: Ask, model?: string): Promise<SdkAnswer>;
  countTokens(ask: Pick<Ask, 'messages'>): Promise<number>;
  models(): Promise<string[]>;
}

export interface Sdk {
  readonly apiVersion: string;
  readonly errors: typeof Anthropic | typeof AnthropicZero;
  connect(url: string, key?: string): SdkClient;
}

/** Through JSON and without `parsed_output`: the clients' stream helpers put things of their own into a message. */
const plain = (message: object) => JSON.parse(JSON.stringify({ ...message, parsed_output: undefined })) as SdkAnswer;

export const SDKS: Readonly<Record<string, Sdk>> = {
  '@anthropic-ai/sdk 1.x': {
    apiVersion: '2026-10-21',
    errors: Anthropic,
    connect(baseURL, apiKey = GATEWAY_KEY) {
      const client = new Anthropic({ baseURL, apiKey, maxRetries: 0, logLevel: 'off' });
      return {
        create: async (ask, model = MODEL) => plain(await client.messages.create({ ...ask, model })),
        stream: async (ask, model = MODEL) => plain(await client.messages.stream({ ...ask, model }).finalMessage()),
        countTokens: async (ask) => (await client.messages.countTokens({ ...ask, model: MODEL })).input_tokens,
        models: async () => (await client.models.list()).data.map(({ id }) => id),
      };
    },
  },
  '@anthropic-ai/sdk 0.x': {
    apiVersion: '2023-06-01',
    errors: AnthropicZero,
    connect(baseURL, apiKey = GATEWAY_KEY) {
      const client = new AnthropicZero({ baseURL, apiKey, maxRetries: 0, logLevel: 'off' });
      return {
        create: async (ask, model = MODEL) => plain(await client.messages.create({ ...ask, model })),
        stream: async (ask, model = MODEL) => plain(await client.messages.stream({ ...ask, model }).finalMessage()),
        countTokens: async (ask) => (await client.messages.countTokens({ ...ask, model: MODEL })).input_tokens,
        models: async () => (await client.models.list()).data.map(({ id }) => id),
      };
    },
  },
};

const user = (content: string) => ({ role: 'user' as const, content });
const WEATHER = {
  name: 'get_weather',
  description: 'The weather in a city',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
};

export const ASKS: Readonly<Record<'text' | 'tool' | 'thinking', Ask>> = {
  text: { max_tokens: 1024, messages: [user('Hello')] },
  tool: { max_tokens: 1024, messages: [user('Weather in Paris?')], tools: [WEATHER] },
  thinking: {
    max_tokens: 4096,
    messages: [user('Think about it')],
    thinking: { type: 'enabled', budget_tokens: 1024 },
  },
};

/** The turn after a tool call: the answer's own content, and the tool's result. */
export function toolTurn(answer: SdkAnswer): Ask {
  const call = answer.content.find(({ type }) => type === 'tool_use');
  return {
    max_tokens: 1024,
    tools: [WEATHER],
    messages: [
      user('Weather in Paris?'),
      { role: 'assistant', content: [{ type: 'tool_use', id: String(call?.['id']), name: 'get_weather', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: String(call?.['id']), content: 'Sunny' }] },
    ],
  };
}
