/** A conversation by Vercel's AI SDK, with whichever provider. */
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { MAX_TOKENS, MOST_TURNS, outcome, PLACE, resultOf } from './outcome.mjs';

export async function converse(model, { prompt, system, image, tools = [], structured, stream, retries }) {
  const shown = { type: 'file', data: image, mediaType: 'image/png' };
  const parameters = {
    model,
    instructions: system,
    messages: [{ role: 'user', content: [...(image ? [shown] : []), { type: 'text', text: prompt }] }],
    tools: Object.fromEntries(tools.map((each) => [each.name, toolOf(each)])),
    maxOutputTokens: MAX_TOKENS,
    maxRetries: retries,
    stopWhen: stepCountIs(MOST_TURNS),
    ...(structured && { output: Output.object({ schema: jsonSchema(PLACE) }) }),
  };
  const answer = stream ? await streamed(parameters) : await generateText(parameters);
  const steps = await answer.steps;
  const { text, finishReason, response, usage } = steps.at(-1);
  return outcome({
    text,
    stop: finishReason,
    calls: steps.map(({ toolCalls }) => toolCalls.map(({ toolName, input }) => ({ name: toolName, input }))),
    model: response.modelId,
    tokens: { input: usage.inputTokens ?? 0, output: usage.outputTokens ?? 0 },
    parsed: structured ? await answer.output : undefined,
  });
}

/** An error in a stream is a part of it. */
async function streamed(parameters) {
  const result = streamText({ ...parameters, onError: () => undefined });
  for await (const part of result.fullStream) if (part.type === 'error') throw part.error;
  return result;
}

function toolOf({ name, description, schema }) {
  return tool({ description, inputSchema: jsonSchema(schema), execute: async () => resultOf(name) });
}
