import { MAX_FALLBACKS } from '../../../../lib/contract';
import type { Plan } from '../../../engine/chain/plan';
import { isObject } from '../../../engine/json';
import { requestedBetas } from '../../../wire/anthropic/request/betas';
import { GatewayError } from '../../gateway-error';

/** By which Anthropic's own `fallbacks` are asked for: a list of objects, or "default", for what a model refuses. */
const OWN_BETA = 'server-side-fallback-';

/** The names in the body's `fallbacks`; undefined where there are none, or they are Anthropic's own, which is a host's to read. */
export function namesInBody({ body: { fallbacks }, headers }: Plan): readonly string[] | undefined {
  if (!Array.isArray(fallbacks) || !isOurs(fallbacks, headers)) return undefined;
  const names = fallbacks.map((entry: unknown, index) => {
    if (typeof entry === 'string') return entry;
    throw new GatewayError(
      400,
      `fallbacks[${index}]: it is no string; give each as a model, or a host and a model such as ` +
        '"vertex/claude-haiku-5-5", or all as objects, which is Anthropic\'s own list for what a model refuses',
    );
  });
  if (names.length <= MAX_FALLBACKS) return names;
  throw new GatewayError(400, `fallbacks: ${names.length} are too many; at most ${MAX_FALLBACKS} may be given`);
}

/** An empty list is no list of Anthropic's unless its beta is asked for. */
function isOurs(entries: readonly unknown[], headers: Plan['headers']): boolean {
  if (entries.length > 0) return !entries.every(isObject);
  return !requestedBetas(headers).some((beta) => beta.startsWith(OWN_BETA));
}
