import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { KEY, useHosts } from './caller';

const start = useHosts();
const model = 'claude-opus-5-5';
const user = (content: string) => [{ role: 'user' as const, content }];
const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } },
};

async function connect(): Promise<Anthropic['messages']> {
  const { url } = await start('anthropic');
  return new Anthropic({ baseURL: url, apiKey: KEY, maxRetries: 0 }).messages;
}

describe('structured output', () => {
  const RECIPE = jsonSchemaOutputFormat({
    type: 'object',
    properties: {
      title: { type: 'string' },
      level: { enum: ['easy', 'hard'] },
      cooked_on: { type: 'string', format: 'date' },
      steps: { type: 'array', items: { $ref: '#/$defs/step' } },
    },
    required: ['title', 'level', 'cooked_on', 'steps'],
    additionalProperties: false,
    $defs: {
      step: {
        type: 'object',
        properties: { minutes: { type: 'integer' }, note: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        required: ['minutes', 'note'],
        additionalProperties: false,
      },
    },
  } as const);
  const COOKED = {
    title: 'sample title',
    level: 'easy',
    cooked_on: '2030-01-01',
    steps: [{ minutes: 1, note: 'sample note' }],
  };

  it('fits its schema, whole and streamed', async () => {
    const messages = await connect();
    const request = { model, max_tokens: 1024, messages: user('A recipe'), output_config: { format: RECIPE } };
    expect((await messages.parse(request)).parsed_output).toEqual(COOKED);
    const stream = messages.stream(request);
    const parts: string[] = [];
    stream.on('text', (delta) => void parts.push(delta));
    expect((await stream.finalMessage()).parsed_output).toEqual(COOKED);
    expect(parts.length).toBeGreaterThan(3);
  });

  it('comes after the tool that it needs', async () => {
    const messages = await connect();
    const request = { model, max_tokens: 1024, tools: [WEATHER], output_config: { format: RECIPE } };
    const called = await messages.create({ ...request, messages: user('Weather?') });
    expect(called.stop_reason).toBe('tool_use');
    const call = called.content.find((block) => block.type === 'tool_use')!;
    const answered = await messages.parse({
      ...request,
      messages: [
        ...user('Weather?'),
        { role: 'assistant', content: [{ type: 'tool_use', id: call.id, name: call.name, input: call.input }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'Sunny' }] },
      ],
    });
    expect(answered.parsed_output).toEqual(COOKED);
  });

  it('is a call without words where the tool is forced', async () => {
    const messages = await connect();
    const forced = { tools: [WEATHER], tool_choice: { type: 'tool' as const, name: WEATHER.name } };
    const called = await messages.create({ model, max_tokens: 1024, messages: user('Weather?'), ...forced });
    expect(called.content.map(({ type }) => type)).toEqual(['tool_use']);
  });
});
