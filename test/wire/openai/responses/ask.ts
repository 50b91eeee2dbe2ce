import type { JsonObject } from '../../../../lambda/engine/json';
import type { DoorModel } from '../../../../lambda/wire/openai/door/request/asked';
import { toAskedResponse } from '../../../../lambda/wire/openai/responses/request/to-messages';

export const LATEST: DoorModel = {
  maxTokens: 128_000,
  takesSampling: false,
  effort: ['low', 'medium', 'high', 'xhigh', 'max'],
  thinking: ['adaptive', 'disabled'],
  structuredOutputs: true,
};
export const OLDER: DoorModel = { ...LATEST, takesSampling: true, effort: [], thinking: ['disabled', 'enabled'] };
export const BASE = { model: 'claude-opus-5', max_tokens: 128_000, messages: [user('Hello')] };

export function user(...texts: string[]) {
  return { role: 'user', content: texts.map((text) => ({ type: 'text', text })) };
}

export function ask(fields: JsonObject, model = LATEST, isCached = false) {
  const body = { model: 'claude-opus-5', input: 'Hello', ...fields };
  const asked = toAskedResponse(new TextEncoder().encode(JSON.stringify(body)), () => model, isCached);
  return { ...asked, body: JSON.parse(new TextDecoder().decode(asked.bytes)) as JsonObject };
}
