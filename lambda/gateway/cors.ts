import type { GatewayResponse, RequestHead } from '../engine/gateway';
import type { Headers } from '../engine/headers';

export interface Cors {
  /** The answer to a browser's question before the request itself; it carries no key. */
  preflight(request: RequestHead): GatewayResponse | undefined;
  /** So that the page of an allowed origin may read the answer. */
  allow(request: RequestHead, response: GatewayResponse): GatewayResponse;
}

const PREFLIGHT_SECONDS = '7200';

/** Undefined where no page of another origin may ask, so that nobody pays for it. */
export function createCors(origins: readonly string[] | undefined): Cors | undefined {
  if (!origins || origins.length === 0) return undefined;
  const any = origins.includes('*');
  const headersFor = ({ headers }: RequestHead): Headers => {
    const { origin } = headers;
    const isAllowed = origin !== undefined && (any || origins.includes(origin));
    return { vary: 'origin', ...(isAllowed && { 'access-control-allow-origin': any ? '*' : origin }) };
  };
  return {
    preflight(request) {
      const { method, headers } = request;
      if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
      const asked = headers['access-control-request-headers'];
      return {
        status: 204,
        headers: {
          'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
          ...(asked !== undefined && { 'access-control-allow-headers': asked }),
          'access-control-max-age': PREFLIGHT_SECONDS,
        },
        body: new Uint8Array(),
      };
    },
    allow: (request, response) => ({
      ...response,
      headers: { ...response.headers, ...headersFor(request), 'access-control-expose-headers': '*' },
    }),
  };
}
