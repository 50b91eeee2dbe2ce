import type { ErrorForm, HostErrors } from '../../engine/failure/error-form';
import type { ErrorFacts } from '../../engine/failure/failure';
import type { Row } from '../../engine/failure/verdict';
import type { Headers } from '../../engine/headers';
import { isObject, parseJson } from '../../engine/json';
import { errorMessage } from '../../wire/anthropic/error/error-form';

const NO_HEADERS: Headers = {};

/** Hosts' errors, in whichever of the forms: what stands between us and a host may write in another vendor's. The first that can read one decides. */
export function hostErrors(forms: readonly ErrorForm[], table: readonly Row[]): HostErrors {
  const statuses = new Map(forms.flatMap((form) => Object.entries(form.statuses)));

  /** Vertex wraps the errors of streaming calls in an array. */
  const factsOf = (parsed: unknown, headers: Headers, otherwise: string): ErrorFacts => {
    const data: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    const object = isObject(data) ? data : {};
    for (const form of forms) {
      const facts = form.read(object, headers);
      if (facts !== undefined) return { ...facts, message: facts.message || otherwise };
    }
    return { source: 'unknown', type: '', code: undefined, message: errorMessage(object) || otherwise };
  };

  return {
    table,
    readAnswer: (status, headers, body) =>
      factsOf(parseJson(new TextDecoder().decode(body)), headers, `HTTP ${status} without a readable error`),
    readEvent: (data) => {
      const facts = factsOf(data, NO_HEADERS, 'error event without a readable error');
      return { facts, status: statuses.get(facts.type) ?? 500 };
    },
  };
}
