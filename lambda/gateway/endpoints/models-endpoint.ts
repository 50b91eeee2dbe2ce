import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Model } from '../../../lib/catalog/model';
import type { GatewayResponse } from '../../engine/gateway';
import { GatewayError } from '../gateway-error';
import { json } from '../json-response';
import { lifecycleOf, modelInfo } from './model-info';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;
const LIFECYCLES: readonly string[] = ['active', 'deprecated', 'retired'];

/** `GET /v1/models`: what is configured, in Anthropic's form and by its pages. */
export function listModels({ models }: ModelCatalog, query: string, requestId: string): GatewayResponse {
  const asked = new URLSearchParams(query);
  const wanted = lifecyclesOf(asked);
  const { page, hasMore } = pageOf(
    models.filter(({ id }) => wanted.includes(lifecycleOf(id))),
    asked,
  );
  const data = page.map(modelInfo);
  return json(
    200,
    { data, has_more: hasMore, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null },
    requestId,
  );
}

export function getModel(catalog: ModelCatalog, path: string, requestId: string): GatewayResponse {
  const id = decoded(path.slice('/v1/models/'.length));
  const model = id === undefined ? undefined : catalog.find(id);
  if (!model) throw new GatewayError(404, `model: '${(id ?? path).slice(0, 100)}' is not served by this gateway`);
  return json(200, modelInfo(model), requestId);
}

/** The models after `after_id`, or the last ones before `before_id`. */
function pageOf(models: readonly Model[], asked: URLSearchParams): { page: readonly Model[]; hasMore: boolean } {
  const limit = limitOf(asked);
  const after = cursor(models, asked, 'after_id');
  const before = cursor(models, asked, 'before_id');
  if (after !== undefined && before !== undefined) {
    throw new GatewayError(400, 'after_id, before_id: only one of them may be given');
  }
  if (before !== undefined) return { page: models.slice(Math.max(0, before - limit), before), hasMore: before > limit };
  const from = after === undefined ? 0 : after + 1;
  return { page: models.slice(from, from + limit), hasMore: models.length > from + limit };
}

function limitOf(asked: URLSearchParams): number {
  const text = asked.get('limit');
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new GatewayError(400, `limit: '${text.slice(0, 40)}' is not a whole number from 1 to ${MAX_LIMIT}`);
}

function cursor(models: readonly Model[], asked: URLSearchParams, name: string): number | undefined {
  const id = asked.get(name);
  if (id === null) return undefined;
  const at = models.findIndex((model) => model.id === id || model.aliases.includes(id));
  if (at < 0) throw new GatewayError(400, `${name}: '${id.slice(0, 100)}' is not a model of this list`);
  return at;
}

function lifecyclesOf(asked: URLSearchParams): readonly string[] {
  const wanted = [...asked.getAll('lifecycle'), ...asked.getAll('lifecycle[]')];
  const wrong = wanted.find((value) => !LIFECYCLES.includes(value));
  if (wrong !== undefined) {
    throw new GatewayError(400, `lifecycle: '${wrong.slice(0, 40)}' is not one of ${LIFECYCLES.join(', ')}`);
  }
  return wanted.length > 0 ? wanted : ['active', 'deprecated'];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
