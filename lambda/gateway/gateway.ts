import { HELLO_PATH } from '../../lib/contract';
import { anthropicError } from '../wire/anthropic/error/envelope';
import type { Gateway, GatewayResponse, IncomingRequest } from '../engine/gateway';
import { createCors } from './cors';
import { type Client, createClientCheck } from './plan/clients';
import { createFrontCheck } from './plan/front-check';
import { GatewayError } from './gateway-error';
import { OPENAI_ENDPOINTS, speaksOpenAi } from './openai-client';
import { json } from './json-response';
import { withBody } from './read-body';
import { waits } from './limits/waits';
import { serveMessages } from './endpoints/messages-endpoint';
import type { HealthDetail } from './endpoints/health-endpoint';
import type { GatewayParts } from './gateway-parts';

/** The whole router: one function from request to response. Never rejects. */
export function createGateway(parts: GatewayParts): Gateway {
  const { planner, state, telemetry, shared, pseudonym, audit, queue } = parts;
  const checkClient = createClientCheck(planner.config);
  const { openHealth = false, cors: origins, frontSecretSha256 } = planner.config;
  const checkFront = createFrontCheck(frontSecretSha256);
  const cors = createCors(origins);

  const health = async (id: string, detail: HealthDetail): Promise<GatewayResponse> => {
    const { reportHealth } = await import('./endpoints/health-endpoint');
    return reportHealth(parts, id, detail);
  };

  const dispatch: Gateway = async (request, signal) => {
    const { path, id } = request;
    // Who sends the answer leaves its body out.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (path === HELLO_PATH && method === 'GET') return json(200, { ok: true }, id);
    if (path === '/' && request.method === 'HEAD') return json(200, { ok: true }, id);
    checkFront(request);
    if (path === '/health' && method === 'GET') return health(id, openHealth ? 'status' : 'hosts');
    const client = checkClient(request);
    if (request.headers['via']?.includes(pseudonym())) throw askedItself();
    if (path === '/health/hosts' && method === 'GET') return health(id, 'hosts');
    if (audit) await (await audit).admit();
    // Who waits does so with its body; what is to be answered later is counted now.
    const isLater = queue !== undefined && request.headers['prefer'] !== undefined;
    const limits = !isLater && waits(request) && isAsking(path, method) ? undefined : parts.limits?.(false);
    if (limits === undefined) return serveClient(request, method, client, signal);
    const left = (await limits).limiter.admit(client.name, state.clock.now());
    const response = await serveClient(request, method, client, signal);
    // The host's own are of the gateway's account there.
    return { ...response, headers: { ...response.headers, ...left } };
  };

  const serveClient = async (
    request: IncomingRequest,
    method: string,
    client: Client,
    signal: AbortSignal,
  ): Promise<GatewayResponse> => {
    const { path } = request;
    if (queue !== undefined) {
      const late = await (
        await queue
      )({ ...request, method }, client, (whole) => serveMessages(parts, whole, 'messages', client, signal));
      if (late !== undefined) return late;
    }
    if (isAsking(path, method)) {
      const endpoint = path === COUNT_PATH ? 'count_tokens' : 'messages';
      return serveMessages(parts, await withBody(request), endpoint, client, signal);
    }
    const { serveRarePath } = await import('./endpoints/rare-paths');
    return serveRarePath(parts, request, method, client, signal);
  };

  const answerFrom = async (
    serve: Gateway,
    request: IncomingRequest,
    signal: AbortSignal,
  ): Promise<GatewayResponse> => {
    try {
      return await serve(request, signal);
    } catch (error) {
      if (error instanceof GatewayError) {
        telemetry.refused(request, error.status, error.more.denial);
        return ownError(error, request.id);
      }
      telemetry.fault(request.id, error);
      return anthropicError(500, 'the gateway failed to handle this request', request.id);
    }
  };

  const openAiDoor: Gateway = async (request, signal) => {
    const { throughOpenAiDoor } = await import('./endpoints/openai-door');
    return throughOpenAiDoor(parts, request, (inner) => answerFrom(dispatch, inner, signal));
  };

  return async (request, signal) => {
    shared?.refresh();
    const serve = speaksOpenAi(request) ? openAiDoor : dispatch;
    const response = cors?.preflight(request) ?? (await answerFrom(serve, await decoded(request), signal));
    return cors ? cors.allow(request, response) : response;
  };
}

const COUNT_PATH = '/v1/messages/count_tokens';
const isAsking = (path: string, method: string): boolean =>
  method === 'POST' && (path === '/v1/messages' || path === COUNT_PATH || path in OPENAI_ENDPOINTS);

/** What a client has compressed, as it was before. */
async function decoded(request: IncomingRequest): Promise<IncomingRequest> {
  const coding = request.headers['content-encoding'];
  if (coding === undefined || coding === '' || coding === 'identity') return request;
  const { decodedRequest } = await import('./decoded-body');
  return decodedRequest(request, coding);
}

/** Of no use to be asked again: the gateway that asks goes on to its next host. */
const askedItself = (): GatewayError =>
  new GatewayError(
    508,
    'this request has been through this gateway already: one of its hosts leads back to it; take that host out',
    { 'x-should-retry': 'false' },
    'loop_detected_error',
  );

function ownError({ status, message, headers, type, more }: GatewayError, id: string): GatewayResponse {
  const response = anthropicError(status, message, id, type, more.details);
  return { ...response, headers: { ...response.headers, ...headers } };
}
