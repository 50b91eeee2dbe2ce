import type { ClientConfig, RouterConfig } from '../../../lib/contract';

/**
 * The router's configuration, for one that nobody else can call: what was let in has been counted then, but for its tokens; nobody comes by
 * CloudFront, nobody waits in line, what waits cannot be put back, and words of the owner in place of an answer are none.
 */
export function workersConfig(config: RouterConfig): RouterConfig {
  const { queue: _queue, frontSecretSha256: _front, fairQueue: _fair, clients, routes, ...others } = config;
  return {
    ...others,
    ...(clients && { clients: clients.map(withoutCounts) }),
    routes: routes.map(({ message: _message, whenDown: _whenDown, ...route }) => route),
  };
}

function withoutCounts({ limits, ...client }: ClientConfig): ClientConfig {
  const { tokensPerMinute } = limits ?? {};
  return { ...client, ...(tokensPerMinute !== undefined && { limits: { tokensPerMinute } }) };
}
