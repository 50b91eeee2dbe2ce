import { anthropicError } from '../wire/anthropic/error/envelope';
import type { Gateway, GatewayRequest, GatewayResponse, IncomingRequest } from '../engine/gateway';
import { createClientCheck } from './plan/clients';
import { bodyTooLarge, GatewayError } from './gateway-error';
import { reportHealth } from './endpoints/health-endpoint';
import { json } from './json-response';
import { serveMessages, type MessagesEndpoint } from './endpoints/messages-endpoint';
import { getModel, listModels } from './endpoints/models-endpoint';
import { isStateful, serveStateful } from './endpoints/stateful-endpoint';

/** The largest body any host takes. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The whole router: one function from request to response. Never rejects. */
export function createGateway(endpoint: MessagesEndpoint): Gateway {
  const { planner, telemetry, shared } = endpoint;
  const checkClient = createClientCheck(planner.config);

  const dispatch = async (request: IncomingRequest, signal: AbortSignal): Promise<GatewayResponse> => {
    const { method, path, id } = request;
    if (path === '/api/hello' && (method === 'GET' || method === 'HEAD')) return json(200, { ok: true }, id);
    if (path === '/health' && method === 'GET') return reportHealth(endpoint, id);
    const client = checkClient(request);
    if (path === '/v1/messages' && method === 'POST') {
      return serveMessages(endpoint, await withBody(request), 'messages', client, signal);
    }
    if (path === '/v1/messages/count_tokens' && method === 'POST') {
      return serveMessages(endpoint, await withBody(request), 'count_tokens', client, signal);
    }
    if (path === '/v1/models' && method === 'GET') return listModels(planner.models, id);
    if (path.startsWith('/v1/models/') && method === 'GET') return getModel(planner.models, modelIn(path), id);
    if (isStateful(path)) return serveStateful(endpoint, await withBody(request), signal);
    throw new GatewayError(404, `${method} ${path.slice(0, 200)} is not served by this gateway; it serves ${PATHS}`);
  };

  return async (request, signal) => {
    shared?.refresh();
    try {
      return await dispatch(request, signal);
    } catch (error) {
      if (error instanceof GatewayError) return ownError(error, request.id);
      telemetry.fault(request.id, error);
      return anthropicError(500, 'the gateway failed to handle this request', request.id);
    }
  };
}

const PATHS =
  'POST /v1/messages, POST /v1/messages/count_tokens, GET /v1/models, /v1/messages/batches, /v1/files, GET /health';

/** Only now is the body read: who asks, and for what, is known. */
async function withBody(request: IncomingRequest): Promise<GatewayRequest> {
  const { body } = request;
  if (!(body instanceof Uint8Array)) return { ...request, body: await body.read(MAX_BODY_BYTES) };
  if (body.length > MAX_BODY_BYTES) throw bodyTooLarge(MAX_BODY_BYTES);
  return { ...request, body };
}

function ownError({ status, message, headers, type }: GatewayError, id: string): GatewayResponse {
  const response = anthropicError(status, message, id, type);
  return { ...response, headers: { ...response.headers, ...headers } };
}

function modelIn(path: string): string {
  try {
    return decodeURIComponent(path.slice('/v1/models/'.length));
  } catch {
    throw new GatewayError(404, `${path.slice(0, 200)}: not a model id`);
  }
}
