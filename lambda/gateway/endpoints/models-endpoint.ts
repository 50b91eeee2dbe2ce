import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Model } from '../../../lib/catalog/model';
import type { GatewayResponse } from '../../engine/gateway';
import { GatewayError } from '../gateway-error';
import { json } from '../json-response';

/** `GET /v1/models`: what is configured, in Anthropic's form. Short enough to be one page. */
export function listModels({ models }: ModelCatalog, requestId: string): GatewayResponse {
  const data = models.map(describe);
  return json(
    200,
    { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null },
    requestId,
  );
}

export function getModel(catalog: ModelCatalog, id: string, requestId: string): GatewayResponse {
  const model = catalog.find(id);
  if (!model) throw new GatewayError(404, `model: '${id.slice(0, 100)}' is not served by this gateway`);
  return json(200, describe(model), requestId);
}

function describe({ id, displayName, createdAt }: Model) {
  return { type: 'model', id, display_name: displayName, created_at: `${createdAt ?? '1970-01-01'}T00:00:00Z` };
}
