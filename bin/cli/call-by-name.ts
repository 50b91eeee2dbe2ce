import { FINDINGS } from '../../lib/contract';
import { priceOf } from '../../lib/catalog/prices';
import { resolveModels } from '../../lib/catalog/resolve';
import { checkHost } from '../../lambda/functions/canary/checks/check-host';
import { createEndpointAsk } from '../../lambda/functions/canary/checks/endpoint-ask';
import { systemClock } from '../../lambda/runtime/system-clock';
import type { GatewayAccess } from './gateway-access';

export interface Called {
  readonly host: string;
  /** The cheapest model it has, or undefined where it has none. */
  readonly model: string | undefined;
  /** Undefined where it answers. */
  readonly problem: { readonly detail: string; readonly remedy: string } | undefined;
}

/** As long as a client with the usual budget waits. */
const SLOW_MS = 30_000;

/** The canary's own check of one host, and no other, through the gateway. */
export async function callByName({ url, key, models }: GatewayAccess, host: string): Promise<Called> {
  const ask = createEndpointAsk({ url, auth: 'none' }, process.env);
  const deps = {
    ask: (request: Parameters<typeof ask>[0], signal: AbortSignal) =>
      ask({ ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } }, signal),
    models: resolveModels(models.map((id) => (priceOf(id) === undefined ? { id, on: {} } : id))),
    clock: systemClock,
    slowMs: SLOW_MS,
  };
  for (const model of cheapestFirst(models)) {
    const { outcome, detail = '', trace } = await checkHost({ host, model, shape: 'plain' }, deps);
    if (outcome === 'ok') return { host, model, problem: undefined };
    if (detail === 'no-such-model') continue;
    const problem = { detail: `${model}: ${outcome} (${[trace, detail].filter(Boolean).join('; ')})` };
    return { host, model, problem: { ...problem, remedy: FINDINGS[outcome].remedy } };
  }
  const remedy = 'Take the host out of the chain, or give it modelIds';
  return { host, model: undefined, problem: { detail: 'it has none of the models', remedy } };
}

const cheapestFirst = (models: readonly string[]): string[] =>
  models.toSorted((a, b) => (priceOf(a)?.output ?? Infinity) - (priceOf(b)?.output ?? Infinity));
