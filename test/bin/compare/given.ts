import type { GivenAnswer } from '../../../bin/compare/answer';
import { readRequests } from '../../../bin/compare/requests';
import type { CompareRequest } from '../../../bin/compare/requests';

export const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** As the file of the user has it. */
export function request(fields: object = {}, expect?: object): CompareRequest {
  const body = { max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }], ...fields };
  return readRequests(JSON.stringify({ request: body, ...(expect && { expect }) }), 'given.jsonl')[0]!;
}

export function given(over: Partial<GivenAnswer> & { readonly text?: string } = {}): GivenAnswer {
  const { text = 'The answer is that it is so, and not that it is not.', ...rest } = over;
  return {
    isGiven: true,
    model: 'claude-opus-5-5',
    content: [{ type: 'text', text }],
    stopReason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 20 },
    firstContentMs: 400,
    wholeMs: 900,
    dropped: [],
    costUsd: 0.01,
    ...rest,
  };
}

export const calls = (...inputs: readonly unknown[]): Pick<GivenAnswer, 'content' | 'stopReason'> => ({
  content: inputs.map((input, index) => ({ type: 'tool_use', id: `toolu_${index}`, name: WEATHER.name, input })),
  stopReason: 'tool_use',
});
