import type { IncomingRequest } from '../../engine/gateway';
import type { Body } from '../../engine/host';
import type { Client } from '../plan/clients';
import { bodyTooLarge, GatewayError } from '../gateway-error';
import type { Planner } from '../plan/plan-request';
import { findRoute } from '../plan/route-table';
import type { TeamRules } from '../policy/team-rules';
import { BatchModels } from './batch-models';

/** The most that Anthropic takes of a file. */
const MAX_STREAMED_BYTES = 500 * 1024 * 1024;

/** The body on its way through; `look` sees every part before the host does. */
export function forwardedBody({ body }: IncomingRequest, look: (bytes: Uint8Array) => void): Body {
  if (body instanceof Uint8Array) {
    if (body.length > MAX_STREAMED_BYTES) throw bodyTooLarge(MAX_STREAMED_BYTES);
    look(body);
    return body;
  }
  if (body.length === 0) return new Uint8Array();
  return { length: body.length, chunks: lookedAt(body.stream(MAX_STREAMED_BYTES), look) };
}

async function* lookedAt(chunks: AsyncIterable<Uint8Array>, look: (bytes: Uint8Array) => void) {
  for await (const chunk of chunks) {
    look(chunk);
    yield chunk;
  }
}

/** A batch may ask for what its client could ask for by itself, and only for what the host is meant to serve. */
export async function batchCheck(
  { config, models }: Planner,
  request: IncomingRequest,
  client: Client,
  host: string,
  now: number,
  rules: TeamRules | undefined,
): Promise<(bytes: Uint8Array) => void> {
  const batch = new BatchModels((name) => {
    const model = models.find(name);
    // It goes as it came, so a name that only we know would fail there.
    if (!model || ![model.id, ...model.aliases].includes(name)) {
      throw new GatewayError(404, `requests.*.params.model: '${name.slice(0, 100)}' is not served by this gateway`);
    }
    const { chain } = findRoute(config.routes, model, client, request, now);
    if (chain.includes(host)) return;
    throw new GatewayError(
      403,
      `requests.*.params.model: '${model.id}' may not go to ${host}, which keeps the batches`,
    );
  });
  const held = rules && (await import('../policy/batch-rules')).batchRules(rules);
  return (bytes) => {
    // Of other encodings than UTF-8 we would read nothing, and the host might.
    if (bytes.includes(0)) throw new GatewayError(400, 'the request body is not JSON in UTF-8');
    held?.(bytes);
    batch.take(bytes);
  };
}
