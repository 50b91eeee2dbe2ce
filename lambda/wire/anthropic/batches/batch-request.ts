import { InvalidRequest } from '../../../engine/dialect';
import { isObject, type JsonObject } from '../../../engine/json';
import { decodeJson } from '../request/message-request';

/** One request of a batch. */
export interface BatchRequest {
  readonly customId: string;
  readonly params: Readonly<JsonObject>;
}

const MOST_REQUESTS = 100_000;
const MOST_CHARACTERS = 64;
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** What is checked of a batch at once, in Anthropic's words: whether each request is sound is found out when its turn comes. */
export function parseBatch(bytes: Uint8Array): readonly BatchRequest[] {
  const body = decodeJson(bytes);
  if (!isObject(body)) throw new InvalidRequest('the request body must be a JSON object');
  const { requests } = body;
  if (requests === undefined) throw new InvalidRequest('requests: Field required');
  if (!Array.isArray(requests)) throw new InvalidRequest('requests: Input should be a valid array');
  if (requests.length === 0) {
    throw new InvalidRequest('requests: List should have at least 1 item after validation, not 0');
  }
  if (requests.length > MOST_REQUESTS) {
    throw new InvalidRequest(
      `requests: List should have at most ${MOST_REQUESTS} items after validation, not ${requests.length}`,
    );
  }
  const seen = new Set<string>();
  return requests.map((request: unknown, index) => checked(request, `requests.${index}`, seen));
}

function checked(request: unknown, at: string, seen: Set<string>): BatchRequest {
  if (!isObject(request)) throw new InvalidRequest(`${at}: Input should be an object`);
  const { custom_id: id, params } = request;
  const wrong = idProblem(id);
  if (typeof id !== 'string' || wrong !== undefined) throw new InvalidRequest(`${at}.custom_id: ${wrong}`);
  if (params === undefined) throw new InvalidRequest(`${at}.params: Field required`);
  if (!isObject(params)) throw new InvalidRequest(`${at}.params: Input should be an object`);
  if (seen.has(id)) {
    throw new InvalidRequest(`requests: custom_id's must be unique within a batch. Duplicate custom_id found: ${id}`);
  }
  seen.add(id);
  return { customId: id, params };
}

function idProblem(id: unknown): string | undefined {
  if (id === undefined) return 'Field required';
  if (typeof id !== 'string') return 'Input should be a valid string';
  if (id.length > MOST_CHARACTERS) return `String should have at most ${MOST_CHARACTERS} characters`;
  return CUSTOM_ID.test(id) ? undefined : `String should match pattern '${CUSTOM_ID.source}'`;
}
