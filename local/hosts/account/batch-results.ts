import type { MessageBatchResult } from '@anthropic-ai/sdk/resources/messages/batches';
import { answer } from '../answers/answers';
import { anthropic, messageOf, type ErrorSpec } from '../faults/error-spec';
import { ERROR_TABLE } from '../faults/error-table';
import type { Json } from '../../json';
import { complaint } from '../requests/complaint';
import { knows, type WireOptions } from '../wires/wire';

/** What is run of a batch: its parameters, under the API version by which the batch was created. */
export interface BatchRequest {
  readonly custom_id: string;
  readonly params: Json;
}

export type Ending = 'canceled' | 'expired' | 'run';

/** What becomes of a request although it is sound: an error of the host's own, or no time. */
export type BatchTrouble = 'overloaded' | 'server-error' | 'expired';

/** One line a request; the other way round, because the API promises no order. */
export function batchResults(
  requests: readonly BatchRequest[],
  ending: Ending,
  options: WireOptions,
  version: string | undefined,
): string {
  const lines = requests.map((request) => {
    const { custom_id, params } = request;
    const result = ending === 'run' ? (troubled(request, options) ?? run(params, options, version)) : { type: ending };
    return JSON.stringify({ custom_id, result });
  });
  return lines.reverse().join('\n') + '\n';
}

/** As the Messages API, but for streams and answers without tokens. */
export function failure(params: Json, options: WireOptions, version: string | undefined): ErrorSpec | undefined {
  const { kind } = options;
  const invalid = (message: string) => anthropic(400, 'invalid_request_error', message);
  const { model, stream } = params;
  if (typeof model !== 'string') return invalid('model: Field required');
  if (!knows(options, model)) return ERROR_TABLE['not-found-model'][kind];
  const wrong = complaint(params, { kind, model, version, least: 1 });
  if (wrong) return invalid(wrong);
  return stream === true ? invalid('`stream=True` is not supported in the Message Batches API') : undefined;
}

function troubled({ params }: BatchRequest, options: WireOptions): MessageBatchResult | undefined {
  const trouble = options.account?.batchTrouble?.(params);
  if (trouble === undefined) return undefined;
  return trouble === 'expired' ? { type: 'expired' } : failed(ERROR_TABLE[trouble][options.kind], '');
}

function failed(error: ErrorSpec, model: string): MessageBatchResult {
  const details = { error_visibility: 'user_facing' };
  const said = { details, type: error.type, message: messageOf(error, { model }) };
  return { type: 'errored', error: { type: 'error', error: said, request_id: null } } as MessageBatchResult;
}

function run(params: Json, options: WireOptions, version: string | undefined): MessageBatchResult {
  const error = failure(params, options, version);
  const model = String(params['model']);
  if (error) return failed(error, model);
  const { message } = answer(params, options.kind, model);
  return { type: 'succeeded', message: { ...message, usage: { ...message.usage, service_tier: 'batch' } } };
}
