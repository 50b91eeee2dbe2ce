import { classify } from '../../engine/failure/classify';
import type { Host } from '../../engine/host';
import { type BatchResult, errored } from '../../wire/anthropic/batches/batch-result';

/** Why a request of a job has no answer, judged as the same error of a single request would be. */
export function lineError(
  { name, schema, errors }: Pick<Host, 'name' | 'schema' | 'errors'>,
  status: number,
  said: object,
): BatchResult {
  const body = Buffer.from(JSON.stringify(said));
  const facts = errors.readAnswer(status, {}, body);
  const failure = { kind: 'http', status, headers: {}, body, facts } as const;
  const { owner, action } = classify(failure, { schema, anotherHostLeft: true, now: 0 }, errors.table);
  if (owner !== 'request') return errored('api_error', `host '${name}' could not answer this request (${status})`);
  // A cloud learns of new fields later than Anthropic: what is wrong with a request, it may be wrong about.
  return { ...errored('invalid_request_error', facts.message), isUnsure: action !== 'return' };
}
