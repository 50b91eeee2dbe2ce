import type { Mark } from '../../../engine/batches/shard';
import { isObject, textOf, type JsonObject } from '../../../engine/json';

/** What Anthropic's API says of a request of a batch that has ended. */
export type BatchResult =
  | { readonly type: 'succeeded'; readonly message: Readonly<JsonObject> }
  /** `isUnsure`: another place may see it differently. */
  | { readonly type: 'errored'; readonly error: Readonly<JsonObject>; readonly isUnsure?: boolean }
  | { readonly type: 'canceled' }
  | { readonly type: 'expired' };

/** Errors that the request would get everywhere. Any other is the host's fault or its operator's, and another place may do better. */
const OF_THE_REQUEST: ReadonlySet<unknown> = new Set(['invalid_request_error', 'request_too_large']);

/** What the client is told, if no other place is to be asked; undefined for what is asked again elsewhere. */
export function finalMark(result: BatchResult): Mark | undefined {
  if (result.type === 'succeeded') return 'succeeded';
  if (result.type !== 'errored' || result.isUnsure) return undefined;
  const { error } = result.error;
  return OF_THE_REQUEST.has(isObject(error) ? error['type'] : undefined) ? 'errored' : undefined;
}

export const errored = (type: string, message: string): Extract<BatchResult, { type: 'errored' }> => ({
  type: 'errored',
  error: { type: 'error', error: { type, message }, request_id: null },
});

/** Undefined for what is none. */
export function readResult(value: unknown): BatchResult | undefined {
  if (!isObject(value)) return undefined;
  const { type, message, error } = value;
  if (type === 'succeeded') return isObject(message) ? { type, message } : undefined;
  if (type === 'errored') return isObject(error) ? { type, error } : undefined;
  return type === 'canceled' || type === 'expired' ? { type } : undefined;
}

/** Of an error's body in Anthropic's envelope. */
export function errorOf(body: unknown): { readonly type: string; readonly message: string } | undefined {
  const error = isObject(body) ? body['error'] : undefined;
  if (!isObject(error)) return undefined;
  const { type, message } = error;
  return typeof type === 'string' ? { type, message: textOf(message) ?? type } : undefined;
}
