import { createHash } from 'node:crypto';
import type { CacheConfig } from '../../../lib/contract';
import type { Plan } from '../../engine/chain/plan';
import type { Headers } from '../../engine/headers';
import { canonicalJson } from '../../wire/canonical-json';
import { requestedBetas } from '../../wire/anthropic/request/betas';

/** Another form of what is kept or of its key: what was kept before is not found any more. */
const FORM = 1;

/** Say nothing of the answer: how it comes, and for whom. The model is taken as it was resolved. */
const NOT_OF_THE_ANSWER = ['stream', 'metadata', 'model'];

const BETA = 'anthropic-beta';

/** One text of 64 hex digits for all requests that may have one answer. */
export function requestKey({ body, bytes, headers, model, client }: Plan, { epoch = 0, shared }: CacheConfig): string {
  const head = [FORM, epoch, model, shared === true ? ['shared'] : ['client', client ?? null], ownHeaders(headers)];
  const hash = createHash('sha256').update(JSON.stringify(head));
  const canonical = canonicalJson(bytes, body, NOT_OF_THE_ANSWER);
  // Where parsing loses something, only the same bytes are the same request.
  if (canonical === undefined) hash.update('\nbytes\n').update(bytes);
  else hash.update('\njson\n').update(canonical);
  return hash.digest('hex');
}

/** All that a host is told in headers: version, betas, and what else there may come to be. */
function ownHeaders(headers: Headers): readonly (readonly [name: string, value: unknown])[] {
  return Object.keys(headers)
    .filter((name) => name.startsWith('anthropic-'))
    .sort()
    .map((name) => [name, name === BETA ? [...new Set(requestedBetas(headers))].sort() : headers[name]]);
}
