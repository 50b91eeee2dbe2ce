import { anthropicError } from '../wire/anthropic/error/envelope';
import type { Gateway, GatewayRequest, GatewayResponse } from '../engine/gateway';
import { createClientCheck } from './plan/clients';
import { GatewayError } from './gateway-error';
import { reportHealth } from './endpoints/health-endpoint';
import { json } from './json-response';
import { serveMessages } from './endpoints/messages-endpoint';
import type { GatewayParts } from './gateway-parts';
import { getModel, listModels } from './endpoints/models-endpoint';
import { isStateful, serveStateful } from './endpoints/stateful-endpoint';

/** The largest body any host takes. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The whole router: one function from request to response. Never rejects. */
export function createGateway(parts: GatewayParts): Gateway {
  const { planner, telemetry, shared } = parts;
  const checkClient = createClientCheck(planner.config);

  const dispatch = async (request: GatewayRequest, signal: AbortSignal): Promise<GatewayResponse> => {
    const { method, path, id } = request;
    if (path === '/api/hello' && (method === 'GET' || method === 'HEAD')) return json(200, { ok: true }, id);
    if (path === '/health' && method === 'GET') return reportHealth(parts, id);
    const client = checkClient(request);
    if (path === '/v1/messages' && method === 'POST') {
      return serveMessages(parts, limited(request), 'messages', client, signal);
    }
    if (path === '/v1/messages/count_tokens' && method === 'POST') {
      return serveMessages(parts, limited(request), 'count_tokens', client, signal);
    }
    if (path === '/v1/models' && method === 'GET') return listModels(planner.models, id);
    if (path.startsWith('/v1/models/') && method === 'GET') return getModel(planner.models, modelIn(path), id);
    if (isStateful(path)) return serveStateful(parts, limited(request), signal);
    throw new GatewayError(404, `${method} ${path.slice(0, 200)} is not served by this gateway; it serves ${PATHS}`);
  };

  return async (request, signal) => {
    shared?.refresh();
    try {
      return await dispatch(request, signal);
    } catch (error) {
      if (error instanceof GatewayError) return anthropicError(error.status, error.message, request.id);
      telemetry.fault(request.id, error);
      return anthropicError(500, 'the gateway failed to handle this request', request.id);
    }
  };
}

const PATHS =
  'POST /v1/messages, POST /v1/messages/count_tokens, GET /v1/models, /v1/messages/batches, /v1/files, GET /health';

function limited(request: GatewayRequest): GatewayRequest {
  if (request.body.length <= MAX_BODY_BYTES) return request;
  throw new GatewayError(413, `the request body is larger than ${MAX_BODY_BYTES} bytes`);
}

function modelIn(path: string): string {
  try {
    return decodeURIComponent(path.slice('/v1/models/'.length));
  } catch {
    throw new GatewayError(404, `${path.slice(0, 200)}: not a model id`);
  }
}
