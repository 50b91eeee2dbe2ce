import { priceOf } from '../../../../lib/catalog/prices';
import { divide, type Divisible } from '../../../engine/batches/divide';
import { ROUTER } from '../../../engine/batches/shard';
import { InvalidRequest } from '../../../engine/dialect';
import type { IncomingRequest } from '../../../engine/gateway';
import { takesBatched } from '../../../hosts/batches/create-place';
import { type BatchRequest, parseBatch } from '../../../wire/anthropic/batches/batch-request';
import { requiredFeatures } from '../../../wire/anthropic/request/features';
import type { MessagesBody } from '../../../wire/anthropic/request/message-request';
import { GatewayError } from '../../gateway-error';
import { readSteering, type Client } from '../../plan/clients';
import { isSteered, planLinks } from '../../plan/plan-links';
import { healthScope, type Planner } from '../../plan/plan-request';
import { findRoute } from '../../plan/route-table';
import type { TeamRules } from '../../policy/team-rules';
import type { KeptRequest } from '../state/batch-objects';

/** A request with its place in the batch, and where it may be answered. */
export type PlannedRequest = KeptRequest & Divisible;

/** Groups of shards. Throws a `GatewayError` for a batch that is wrong, or asks for what its client may not have. */
export function planBatch(
  planner: Planner,
  { body, ...request }: IncomingRequest & { readonly body: Uint8Array },
  client: Client,
  now: number,
  rules?: TeamRules,
): readonly (readonly PlannedRequest[])[][] {
  const head = { ...request, body };
  return divide(parsed(body).map((each, at) => planned(planner, each, at, head, client, now, rules)));
}

function planned(
  { config, models, hosts }: Planner,
  { customId, params }: BatchRequest,
  at: number,
  request: IncomingRequest,
  client: Client,
  now: number,
  rules: TeamRules | undefined,
): PlannedRequest {
  const name = typeof params['model'] === 'string' ? params['model'] : '';
  const model = models.find(name);
  if (!model) {
    throw new GatewayError(404, `requests.${at}.params.model: '${name.slice(0, 100)}' is not served by this gateway`);
  }
  rules?.checkBatched(params);
  const route = findRoute(config.routes, model, client, request, now);
  const steering = readSteering(request, client);
  const asked = { id: model.id, scope: healthScope(model.id, 'messages'), mayBeOther: false };
  const { chain } = planLinks({ models, hosts }, route, steering, asked);
  const features = requiredFeatures(params as MessagesBody, request.headers);
  let denial: unknown;
  const isAllowed = (host: string): boolean => {
    try {
      rules?.checkStateful('batches', host);
      return true;
    } catch (error) {
      denial = error;
      return false;
    }
  };
  const places = chain
    .filter(({ host }) => {
      const own = config.hosts.find((each) => each.name === host.name);
      const isAble = host.modelId(model.id) !== undefined && !features.some((each) => host.lacks(each, model.id));
      const takes = own !== undefined && takesBatched(own, config.batches?.jobs, params, request.headers);
      return isAble && takes && isAllowed(host.name);
    })
    // Anthropic's own batches are the only ones that take everything.
    .sort((one, other) => Number(one.host.kind !== 'anthropic') - Number(other.host.kind !== 'anthropic'))
    .map(({ host }) => host.name);
  const isBought = (config.batches?.fullPriceUsdPerDay ?? 0) > 0 && priceOf(model.id) !== undefined;
  if (isBought && !isSteered(steering)) places.push(ROUTER);
  if (places.length === 0) {
    if (denial) throw denial;
    const names = chain.map(({ host }) => host.name).join(', ');
    throw new GatewayError(403, `requests.${at}: none of the hosts it may go to (${names}) takes it in a batch`);
  }
  return { at, customId, model: model.id, params, places, bytes: JSON.stringify(params).length };
}

function parsed(bytes: Uint8Array): readonly BatchRequest[] {
  try {
    return parseBatch(bytes);
  } catch (error) {
    if (error instanceof InvalidRequest) throw new GatewayError(400, error.message);
    throw error;
  }
}
