import type { GatewayResponse, IncomingRequest } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Client } from '../plan/clients';
import { getModel, listModels } from './models-endpoint';
import { isStateful, serveStateful } from './stateful-endpoint';
import { unknownPath } from './unknown-path';

/** What is not a message, and so need not be loaded before the first one. `method`: GET for HEAD too. */
export async function serveRarePath(
  parts: GatewayParts,
  request: IncomingRequest,
  method: string,
  client: Client,
  signal: AbortSignal,
): Promise<GatewayResponse> {
  const { path, id, query } = request;
  const rules = (await parts.policy)?.of(client.name);
  const models = rules?.visible ?? parts.planner.models;
  if (path === '/v1/models' && method === 'GET') return listModels(models, query, id);
  if (path.startsWith('/v1/models/') && method === 'GET') return getModel(models, path, id);
  if (parts.batches && path.startsWith('/v1/messages/batches')) {
    const batches = await parts.batches;
    if (batches.serves(path)) return batches.serve(parts, request, method, client);
  }
  if (isStateful(path)) return serveStateful(parts, request, client, signal);
  const spend = path.startsWith('/v1/organizations/') ? await parts.spend : undefined;
  if (spend) {
    const { serveSpendLimits } = await import('../spend/wire/spend-limits-endpoint');
    const trail = await parts.audit;
    return serveSpendLimits(spend.parts.operating, request, client, (act) => trail?.act(act));
  }
  throw unknownPath(request);
}
