import type { CanaryShape } from '../../../../lib/contract';
import { thinkingOf } from './thinking';

/** A form of request: what it asks, and what that takes at most, in the words of an answer's usage. */
export interface Shape {
  /** Without the model. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly usage: Readonly<Partial<Record<'input_tokens' | 'output_tokens' | 'cache_creation_input_tokens', number>>>;
}

const user = (content: unknown) => ({ role: 'user', content });
const PING = [user('ping')];

/** 16 by 16 pixels, red. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mN4oKBAEmIY1TCqYfhqAADc5yAQocSb7AAAAABJRU5ErkJggg==';

/** Over the 1,024 tokens from which most models cache a prompt. */
const LONG_TEXT = 'You answer in one word, and you never explain what you have answered. '.repeat(80);

export const TOOL = {
  name: 'get_temperature',
  description: 'Temperature of a city in degrees Celsius.',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;

/** One call is answered already, so that the history has a result; the second is due. */
const TOOL_TURNS = [
  user('Temperature in Oslo and in Rome? One call for each, one after the other, without a word between.'),
  {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 'toolu_canary', name: TOOL.name, input: { city: 'Oslo' } }],
  },
  user([{ type: 'tool_result', tool_use_id: 'toolu_canary', content: '4' }]),
];

const SHAPES: Readonly<Record<Exclude<CanaryShape, 'thinking'>, Shape>> = {
  plain: { body: { max_tokens: 1, messages: PING }, usage: { input_tokens: 10, output_tokens: 1 } },
  stream: { body: { max_tokens: 1, stream: true, messages: PING }, usage: { input_tokens: 10, output_tokens: 1 } },
  'tool-use': {
    body: { max_tokens: 64, stream: true, tools: [TOOL], messages: TOOL_TURNS },
    usage: { input_tokens: 600, output_tokens: 64 },
  },
  'cached-system': {
    body: {
      max_tokens: 1,
      system: [{ type: 'text', text: LONG_TEXT, cache_control: { type: 'ephemeral' } }],
      messages: PING,
    },
    usage: { input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 1700 },
  },
  image: {
    body: {
      max_tokens: 8,
      messages: [
        user([
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
          { type: 'text', text: 'Its colour, in one word?' },
        ]),
      ],
    },
    usage: { input_tokens: 150, output_tokens: 8 },
  },
  // Models of others may think before each word, and some refuse a limit that leaves no room for it.
  'other-text': {
    body: { max_tokens: 128, stream: true, messages: PING },
    usage: { input_tokens: 10, output_tokens: 128 },
  },
  'other-tool': {
    body: { max_tokens: 128, stream: true, tools: [TOOL], messages: TOOL_TURNS },
    usage: { input_tokens: 600, output_tokens: 128 },
  },
  'openai-chat': {
    body: { max_completion_tokens: 1, messages: PING },
    usage: { input_tokens: 10, output_tokens: 1 },
  },
  // Costs nothing anywhere.
  'count-tokens': { body: { messages: PING }, usage: {} },
};

const QUESTION = [user('Is 91 prime? One word.')];
const thinks = (max_tokens: number, thinking?: object): Shape => ({
  body: { max_tokens, stream: true, ...(thinking && { thinking }), messages: QUESTION },
  usage: { input_tokens: 50, output_tokens: max_tokens },
});
const THINKING = {
  adaptive: thinks(256, { type: 'adaptive' }),
  /** The smallest budget there is, and room for the answer. */
  enabled: thinks(1088, { type: 'enabled', budget_tokens: 1024 }),
  always: thinks(256),
  none: undefined,
} as const;

/** Undefined where the model has no such form. */
export function shapeOf(shape: CanaryShape, model: string): Shape | undefined {
  return shape === 'thinking' ? THINKING[thinkingOf(model)] : SHAPES[shape];
}
