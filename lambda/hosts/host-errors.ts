import type { ErrorForm, HostErrors } from '../engine/failure/error-form';
import type { ErrorFacts } from '../engine/failure/failure';
import type { Headers } from '../engine/headers';
import { isObject, parseJson } from '../engine/json';
import { ANTHROPIC_FORM, errorMessage } from '../wire/anthropic/error/error-form';
import { OPENAI_FORM } from '../wire/openai/error/error-form';
import { AWS_FORM, AWS_IN_ENVELOPE } from './bedrock/error-form';
import { CLASSIFICATION_TABLE } from './classification-table';
import { AZURE_FORM } from './foundry/error-form';
import { GOOGLE_FORM } from './vertex/error-form';

/** In the order in which they are tried: an exception in a header says the least, because some hosts repeat it. */
const FORMS: readonly ErrorForm[] = [AWS_IN_ENVELOPE, ANTHROPIC_FORM, GOOGLE_FORM, OPENAI_FORM, AZURE_FORM, AWS_FORM];

const STATUSES = new Map(FORMS.flatMap(({ statuses }) => Object.entries(statuses)));
const NO_HEADERS: Headers = {};

/** All hosts' errors: whatever stands between us and a host may write in another vendor's form. */
export const HOST_ERRORS: HostErrors = {
  table: CLASSIFICATION_TABLE,
  readAnswer: (status, headers, body) =>
    factsOf(parseJson(new TextDecoder().decode(body)), headers, `HTTP ${status} without a readable error`),
  readEvent: (data) => {
    const facts = factsOf(data, NO_HEADERS, 'error event without a readable error');
    return { facts, status: STATUSES.get(facts.type) ?? 500 };
  },
};

/** Vertex wraps the errors of streaming calls in an array. */
function factsOf(parsed: unknown, headers: Headers, otherwise: string): ErrorFacts {
  const data: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const object = isObject(data) ? data : {};
  for (const form of FORMS) {
    const facts = form.read(object, headers);
    if (facts !== undefined) return { ...facts, message: facts.message || otherwise };
  }
  return { source: 'unknown', type: '', code: undefined, message: errorMessage(object) || otherwise };
}
