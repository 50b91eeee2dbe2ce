/** OpenAI's SDK. */
import OpenAI from 'openai';
import { MAX_TOKENS, MOST_TURNS, outcome, PLACE, resultOf, versionOf } from './outcome.mjs';

export const version = versionOf('openai');

export async function ask({ url, key, model, prompt, system, image, tools, structured, stream, retries }) {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: retries, logLevel: 'off' });
  const shown = { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } };
  const parameters = {
    model,
    max_completion_tokens: MAX_TOKENS,
    messages: [
      ...(system ? [{ role: 'system', content: system }] : []),
      { role: 'user', content: image ? [shown, { type: 'text', text: prompt }] : prompt },
    ],
    tools: tools?.map(({ name, description, schema }) => ({
      type: 'function',
      function: { name, description, parameters: schema },
    })),
    ...(structured && {
      response_format: { type: 'json_schema', json_schema: { name: 'place', schema: PLACE, strict: true } },
    }),
  };
  const { completions } = client.chat;
  const answer = () => {
    if (stream)
      return completions.stream({ ...parameters, stream_options: { include_usage: true } }).finalChatCompletion();
    return structured ? completions.parse(parameters) : completions.create(parameters);
  };
  const calls = [];
  let completion;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    completion = await answer();
    const { message } = completion.choices[0];
    const made = message.tool_calls ?? [];
    calls.push(made.map((call) => ({ name: call.function.name, input: JSON.parse(call.function.arguments) })));
    if (made.length === 0) break;
    const results = made.map((call) => ({
      role: 'tool',
      tool_call_id: call.id,
      content: resultOf(call.function.name),
    }));
    parameters.messages.push(message, ...results);
  }
  const [{ message, finish_reason: stop }] = completion.choices;
  const tokens = { input: completion.usage.prompt_tokens, output: completion.usage.completion_tokens };
  const parsed = message.parsed ?? undefined;
  return outcome({ text: message.content ?? '', stop, calls, model: completion.model, tokens, parsed });
}
