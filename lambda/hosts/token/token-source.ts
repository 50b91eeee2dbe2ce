import type { Clock } from '../../engine/time/clock';

export interface Token {
  readonly value: string;
  readonly expiresAt: number;
}

export interface TokenSource {
  /** Fails with a HostError 'credential'. */
  read(): Promise<string>;
  /** Fetches a new token; true when there is one. */
  refresh(): Promise<boolean>;
}

/** No request is sent with a token that might expire on its way. */
const EXPIRED_BEFORE_MS = 60_000;
/** From here on a new one is fetched behind the requests' backs. */
const RENEW_BEFORE_MS = 300_000;

/** One host's token, fetched once for everyone who waits for it. */
export function createTokenSource(fetch: () => Promise<Token>, clock: Clock): TokenSource {
  let token: Token | undefined;
  let fetching: Promise<Token> | undefined;
  const fetchOnce = (): Promise<Token> =>
    (fetching ??= fetch()
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
      const leftMs = token === undefined ? 0 : token.expiresAt - clock.now();
      // Also for a life that is not a number.
      if (token === undefined || !(leftMs > EXPIRED_BEFORE_MS)) return (await fetchOnce()).value;
      // Should this fail, the next request tries again while the old token is still good.
      if (leftMs <= RENEW_BEFORE_MS) void refresh();
      return token.value;
    },
  };
}
