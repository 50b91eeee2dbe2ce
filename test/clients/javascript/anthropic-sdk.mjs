/** Anthropic's SDK. */
import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import { MAX_TOKENS, MOST_TURNS, outcome, PLACE, resultOf, versionOf } from './outcome.mjs';

export const version = versionOf('@anthropic-ai/sdk');

export async function ask({ url, key, model, prompt, system, image, tools, structured, stream, retries }) {
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: retries, logLevel: 'off' });
  const shown = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } };
  const parameters = {
    model,
    max_tokens: MAX_TOKENS,
    system,
    messages: [{ role: 'user', content: [...(image ? [shown] : []), { type: 'text', text: prompt }] }],
    tools: tools?.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
    ...(structured && { output_config: { format: jsonSchemaOutputFormat(PLACE) } }),
  };
  const answer = () => {
    if (stream) return client.messages.stream(parameters).finalMessage();
    return structured ? client.messages.parse(parameters) : client.messages.create(parameters);
  };
  const calls = [];
  let message;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    message = await answer();
    const made = message.content.filter(({ type }) => type === 'tool_use');
    calls.push(made.map(({ name, input }) => ({ name, input })));
    if (made.length === 0) break;
    const results = made.map(({ id, name }) => ({ type: 'tool_result', tool_use_id: id, content: resultOf(name) }));
    parameters.messages.push({ role: 'assistant', content: message.content }, { role: 'user', content: results });
  }
  const { content, stop_reason: stop, usage } = message;
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const tokens = { input: usage.input_tokens, output: usage.output_tokens };
  return outcome({ text, stop, calls, model: message.model, tokens, parsed: message.parsed_output ?? undefined });
}
