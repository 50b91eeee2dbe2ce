import { ENDPOINT_HOST, FINDINGS, type OutsideViewSettings } from '../../../lib/contract';
import { resolveModels } from '../../../lib/catalog/resolve';
import { CHECK_DEADLINE_MS } from '../canary/checks/check';
import { checkHost } from '../canary/checks/check-host';
import { createEndpointAsk } from '../canary/checks/endpoint-ask';
import type { Clock } from '../../engine/time/clock';
import type { Env } from '../../runtime/require-env';

/** Sends one request through the public endpoint and says how it went. Throws what is wrong, and what to do about it. */
export async function look({ endpoint, model }: OutsideViewSettings, env: Env, clock: Clock): Promise<string> {
  const models = resolveModels([model]);
  const [{ id }] = models.models as [(typeof models.models)[0]];
  const { outcome, status, detail, trace, elapsedMs } = await checkHost(
    { host: ENDPOINT_HOST, model: id, shape: 'stream' },
    // Slow answers have an alarm of their own, which looks at more than one.
    { ask: createEndpointAsk(endpoint, env), models, clock, slowMs: CHECK_DEADLINE_MS },
  );
  if (outcome === 'ok') return `ok: ${id} in ${elapsedMs} ms (${trace})`;
  // Whoever is paged reads only this text: what was seen, and what to do.
  const seen = [status && `status ${status}`, detail, trace].filter(Boolean).join(', ');
  throw new Error(`${outcome}: ${id} at ${endpoint.url} (${seen}). ${FINDINGS[outcome].remedy}`);
}
