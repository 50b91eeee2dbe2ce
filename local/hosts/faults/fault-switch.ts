import type { Fault } from './fault';
import { findPath, records } from '../../json';
import { betasOf, credentialOf, type SimRequest } from '../requests/recorded-request';

/** A fault that strikes this request, with what of the request it objects to. */
export interface Strike {
  readonly fault: Exclude<Fault, { readonly kind: 'refused' }>;
  readonly values: Readonly<Record<string, string>>;
}

export interface FaultSwitch {
  readonly current: Fault | undefined;
  set(fault: Fault | undefined): void;
  strike(request: SimRequest): Strike | undefined;
}

export function createFaultSwitch(): FaultSwitch {
  let current: Fault | undefined;
  let struck = 0;
  let seen = 0;
  return {
    get current() {
      return current;
    },
    set(fault) {
      current = fault;
      struck = 0;
      seen = 0;
    },
    strike(request) {
      if (!current || current.kind === 'refused') return undefined;
      const { rate = 1, times = Infinity, key } = current;
      const values = objection(current, request);
      if (!values || (key !== undefined && key !== credentialOf(request))) return undefined;
      seen += 1;
      // Evenly spread, so that a run can be repeated.
      if (Math.floor(seen * rate) === Math.floor((seen - 1) * rate)) return undefined;
      const fault = current;
      struck += 1;
      if (struck >= times) current = undefined;
      return { fault, values };
    },
  };
}

/** A host that does not know a field or a beta has nothing against requests without it. */
function objection(fault: Fault, request: SimRequest): Strike['values'] | undefined {
  if (fault.kind === 'invalid-beta') {
    const beta = betasOf(request).find((sent) => fault.beta === undefined || sent === fault.beta);
    return beta === undefined ? undefined : { beta };
  }
  if (fault.kind === 'unknown-field') {
    const field = findPath(request.json, fault.field ?? 'context_management');
    return field === undefined ? undefined : { field };
  }
  if (fault.kind === 'no-prefill') {
    return records(request.json?.['messages']).at(-1)?.['role'] === 'assistant' ? {} : undefined;
  }
  const part = OBJECTS_TO[fault.kind];
  return part === undefined || part.some((path) => findPath(request.json, path) !== undefined) ? {} : undefined;
}

/** What a request must have for the host to have something against it. */
const OBJECTS_TO: Partial<Record<Fault['kind'], readonly string[]>> = {
  'no-prompt-caching': ['cache_control', 'system.*.cache_control', 'messages.*.content.*.cache_control'],
  'foreign-signature': ['messages.*.content.*.signature'],
};
