import { isObject, textOf } from '../../../../engine/json';

/** The part of OpenAI's errors that its SDKs make an error of. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** Codes that clients know; the types are Anthropic's, which OpenAI's begin with. */
const CODES: Readonly<Record<string, string>> = {
  authentication_error: 'invalid_api_key',
  rate_limit_error: 'rate_limit_exceeded',
  overloaded_error: 'server_overloaded',
};
/** They stand before the type, which says less. */
const CODES_BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/prompt is too long/i, 'context_length_exceeded'],
  [/^model: .* not served|does not have the model/, 'model_not_found'],
];
/** The field that a message begins with; a host's own indices would not be those of the client. */
const FIELD = /^([a-z_]+(?:\[\d+\]|\.[a-z_]+)*): /;

/** The `error` of Anthropic's envelope in OpenAI's form. */
export function toOpenAiError(error: unknown): OpenAiError {
  const { message, type } = isObject(error) ? error : {};
  const text = textOf(message) ?? 'the request has failed';
  const kind = textOf(type) ?? 'api_error';
  const code = CODES_BY_TEXT.find(([words]) => words.test(text))?.[1] ?? CODES[kind] ?? null;
  return { message: text, type: kind, param: FIELD.exec(text)?.[1] ?? null, code };
}
