import type { RequestHead } from '../../engine/gateway';
import { GatewayError } from '../gateway-error';

const PATHS =
  'POST /v1/messages, POST /v1/messages/count_tokens, POST /v1/chat/completions, POST /v1/responses, GET /v1/models, /v1/messages/batches, /v1/files, GET /health, GET /health/hosts';

/** What follows `/v1` in a path that is served. */
const SERVED = /\/(messages|models|files|chat|responses)(\/[^/]+)*$/;

/** Most often it is the client's base URL that is wrong: SDKs add `/v1`, or expect it to be there. */
export function unknownPath({ method, path }: RequestHead): GatewayError {
  const said = `${method} ${path.slice(0, 200)} is not served by this gateway`;
  if (path.startsWith('/v1/responses')) {
    return new GatewayError(
      404,
      `${said}: it keeps no responses; it answers POST /v1/responses, with the whole conversation as input`,
    );
  }
  const [tail] = SERVED.exec(path) ?? [];
  if (tail !== undefined) {
    const before = path.slice(0, -tail.length);
    if (before === '') return wrongBase(said, 'this client does not add /v1 to it, so it has to end in /v1');
    if (before.endsWith('/v1') && before !== '/v1') {
      const extra = before.slice(0, -'/v1'.length).slice(0, 100);
      return wrongBase(said, `this client adds /v1 to it, so it has to end before ${extra}`);
    }
  }
  return new GatewayError(404, `${said}; it serves ${PATHS}`);
}

const wrongBase = (said: string, what: string): GatewayError =>
  new GatewayError(404, `${said}; check the base URL: ${what}`);
