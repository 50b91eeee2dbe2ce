import { type CanaryShape, DOOR_SHAPE, ENDPOINT_HOST, STEERING_HEADERS } from '../../../../lib/contract';
import type { GatewayRequest } from '../../../engine/gateway';
import type { Check } from './check';
import { shapeOf } from './shapes';

const PATHS: Readonly<Partial<Record<CanaryShape, string>>> = {
  'count-tokens': '/v1/messages/count_tokens',
  [DOOR_SHAPE]: '/v1/chat/completions',
};

/** The request of a check, as a client would send it. */
export function checkRequest({ host, model, shape }: Check, id: string): GatewayRequest {
  const body = shapeOf(shape, model)?.body;
  if (body === undefined) throw new Error(`model ${model} has no form of request called ${shape}`);
  return {
    id,
    method: 'POST',
    path: PATHS[shape] ?? '/v1/messages',
    query: '',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      ...(host !== ENDPOINT_HOST && { [STEERING_HEADERS.only]: host }),
    },
    body: new TextEncoder().encode(JSON.stringify({ model, ...body })),
    // Nobody has let it in: by name it does not come through a front door, and the endpoint has its own.
    client: undefined,
    timeLeftMs: undefined,
  };
}
