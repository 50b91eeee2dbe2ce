import type { VertexHostConfig } from '../../../lib/contract';
import { fetchGoogleToken } from './fetch-google-token';
import type { GoogleToken } from './google-exchange';
import type { HostDeps } from '../host-deps';

/** No request is sent with a token that might expire on its way. */
const EXPIRED_BEFORE_MS = 60_000;
/** From here on a new one is fetched behind the requests' backs. */
const RENEW_BEFORE_MS = 300_000;

export interface GoogleTokenSource {
  /** Fails with a HostError 'credential'. */
  read(): Promise<string>;
  /** Fetches a new token; true when there is one. */
  refresh(): Promise<boolean>;
}

/** One host's token, fetched once for everyone who waits for it. */
export function createGoogleToken(config: VertexHostConfig, deps: HostDeps): GoogleTokenSource {
  let token: GoogleToken | undefined;
  let fetching: Promise<GoogleToken> | undefined;
  const fetchOnce = (): Promise<GoogleToken> =>
    (fetching ??= fetchGoogleToken(config, deps)
      .then((fetched) => (token = fetched))
      .finally(() => (fetching = undefined)));
  const refresh = (): Promise<boolean> =>
    fetchOnce().then(
      () => true,
      () => false,
    );
  return {
    refresh,
    read: async () => {
      const leftMs = token === undefined ? 0 : token.expiresAt - deps.clock.now();
      // Also for a life that is not a number.
      if (token === undefined || !(leftMs > EXPIRED_BEFORE_MS)) return (await fetchOnce()).value;
      // Should this fail, the next request tries again while the old token is still good.
      if (leftMs <= RENEW_BEFORE_MS) void refresh();
      return token.value;
    },
  };
}
