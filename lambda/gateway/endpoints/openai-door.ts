import { CAPABILITIES, takesSampling } from '../../../lib/catalog/capabilities';
import { RESPONSE_HEADERS } from '../../../lib/contract';
import { readAll } from '../../engine/bytes';
import { InvalidRequest } from '../../engine/dialect';
import type { GatewayResponse, IncomingRequest } from '../../engine/gateway';
import { isObject, parseJson, type JsonObject } from '../../engine/json';
import type { DoorModel } from '../../wire/openai/door/request/asked';
import { toOpenAiError } from '../../wire/openai/door/answer/error';
import { fromMessageStream } from '../../wire/openai/door/answer/from-stream';
import { toOpenAiModels } from '../../wire/openai/door/answer/models';
import type { AskedAtDoor, DoorDialect } from '../../wire/openai/door/door-dialect';
import { GatewayError } from '../gateway-error';
import type { GatewayParts } from '../gateway-parts';
import { RESPONSES_PATH } from '../openai-client';
import { readBody } from '../read-body';

type Answer = (request: IncomingRequest) => Promise<GatewayResponse>;

/** With it, sampling parameters are still taken by the models that have them. */
const API_VERSION = '2023-06-01';

/** OpenAI's list of models has no pages. */
const ALL = '?limit=1000';

/**
 * OpenAI's wire before the same gateway: the request goes through it in Anthropic's words, and what comes of it back in
 * OpenAI's, be it an answer, a list of models or an error.
 */
export async function throughOpenAiDoor(
  { planner, state }: GatewayParts,
  request: IncomingRequest,
  answer: Answer,
): Promise<GatewayResponse> {
  let asked: AskedAtDoor | undefined;
  const modelOf = (name: string): DoorModel => doorModel(planner.models.find(name)?.id);
  const isCached = request.headers['x-failover-cache'] !== 'off';
  const translate = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const ask = await dialectOf(request.path);
    asked = translated(() => ask(bytes, modelOf, isCached));
    return asked.bytes;
  };
  const headers = { ...request.headers, 'anthropic-version': API_VERSION, 'content-type': 'application/json' };
  const response = await answer({ ...request, headers, query: ALL, body: lateBody(request, translate) });
  const created = Math.floor(state.clock.now() / 1000);
  if (response.status >= 400) return withJson(response, ({ error }) => ({ error: toOpenAiError(error) }));
  if (asked === undefined) return withJson(response, toOpenAiModels);
  const named = withDropped(response, asked.dropped);
  const { stream, whole, writer } = asked;
  if (!stream) return withJson(named, (message) => whole(message, created));
  return { ...named, body: fromMessageStream(chunksOf(named.body), writer(created)) };
}

async function dialectOf(path: string): Promise<DoorDialect> {
  if (path === RESPONSES_PATH) return (await import('../../wire/openai/responses/responses')).askInResponses;
  return (await import('../../wire/openai/door/chat')).askInChat;
}

/** Read and translated when the gateway asks for it: it then knows who sends it. */
function lateBody(
  { body }: IncomingRequest,
  translate: (bytes: Uint8Array) => Promise<Uint8Array>,
): IncomingRequest['body'] {
  return {
    length: body.length,
    read: async (limit) => translate(await readBody(body, limit)),
    stream: () => {
      throw new GatewayError(404, "a body in OpenAI's form is not passed through");
    },
  };
}

function translated<T>(translate: () => T): T {
  try {
    return translate();
  } catch (error) {
    if (error instanceof InvalidRequest) throw new GatewayError(400, error.message);
    throw error;
  }
}

/** For a model that the table does not know: what all of them can. */
const ANY: DoorModel = { maxTokens: 8192, takesSampling: true, effort: [], thinking: [], structuredOutputs: true };

function doorModel(id: string | undefined): DoorModel {
  const known = id === undefined ? undefined : CAPABILITIES[id];
  if (!known) return ANY;
  return { ...known, takesSampling: takesSampling(known) };
}

function withDropped(response: GatewayResponse, dropped: readonly string[]): GatewayResponse {
  if (dropped.length === 0) return response;
  const byHost = response.headers[RESPONSE_HEADERS.dropped];
  const names = byHost === undefined ? dropped : [...dropped, byHost];
  return { ...response, headers: { ...response.headers, [RESPONSE_HEADERS.dropped]: names.join(', ') } };
}

async function withJson(response: GatewayResponse, change: (value: JsonObject) => object): Promise<GatewayResponse> {
  const bytes = response.body instanceof Uint8Array ? response.body : await readAll(response.body, Infinity);
  const value = parseJson(new TextDecoder().decode(bytes));
  const { 'content-length': _length, ...headers } = response.headers;
  const body = new TextEncoder().encode(JSON.stringify(change(isObject(value) ? value : {})));
  return { ...response, headers: { ...headers, 'content-type': 'application/json' }, body };
}

async function* chunksOf(body: GatewayResponse['body']): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}
