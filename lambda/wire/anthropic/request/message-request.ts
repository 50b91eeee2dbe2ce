import { InvalidRequest } from '../../../engine/dialect';
import { isObject } from '../../../engine/json';
import { isDeeperThan } from '../../json-depth';

/** A body of which is known what every wire has in it. */
export interface ModelBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly [field: string]: unknown;
}

/** The body of a request for a Message, or for its count of tokens. */
export interface MessagesBody extends ModelBody {
  readonly messages: readonly unknown[];
}

/** Far beyond what any tool's schema needs, and far below what writing a body anew can take. */
const MAX_DEPTH = 2000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Checks only what routing needs: everything else is the host's to judge. `silence`: what `stream` may also be, meaning nothing. */
export function parseMessagesBody(bytes: Uint8Array, silence?: null): MessagesBody {
  const body = parseModelBody(bytes, silence);
  if (!('messages' in body)) throw new InvalidRequest('messages: Field required');
  if (!Array.isArray(body['messages'])) throw new InvalidRequest('messages: Input should be a valid array');
  return body as MessagesBody;
}

export function parseModelBody(bytes: Uint8Array, silence?: null): ModelBody {
  if (bytes.length === 0) throw new InvalidRequest('the request body is empty; send a JSON object');
  const body = decodeJson(bytes);
  if (!isObject(body)) throw new InvalidRequest('the request body must be a JSON object');
  if (!('model' in body)) throw new InvalidRequest('model: Field required');
  if (typeof body['model'] !== 'string' || body['model'] === '') {
    throw new InvalidRequest('model: Input should be a valid string');
  }
  if ('stream' in body && typeof body['stream'] !== 'boolean' && body['stream'] !== silence) {
    throw new InvalidRequest('stream: Input should be a valid boolean');
  }
  return body as ModelBody;
}

/** The parser's own text would quote a prompt. */
export function decodeJson(bytes: Uint8Array): unknown {
  if (isDeeperThan(bytes, MAX_DEPTH)) {
    throw new InvalidRequest(`the request body nests deeper than ${MAX_DEPTH} levels; send a flatter one`);
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new InvalidRequest('the request body is not valid UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequest('the request body is not valid JSON');
  }
}
