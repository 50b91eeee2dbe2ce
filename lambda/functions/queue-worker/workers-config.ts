import type { RouterConfig } from '../../../lib/contract';

/**
 * The router's configuration, for one that nobody else can call: what was let in has been counted then, nobody comes by CloudFront, what
 * waits cannot be put back, and words of the owner in place of an answer are none.
 */
export function workersConfig(config: RouterConfig): RouterConfig {
  const { queue: _queue, frontSecretSha256: _front, clients, routes, ...others } = config;
  return {
    ...others,
    ...(clients && { clients: clients.map(({ limits: _limits, ...client }) => client) }),
    routes: routes.map(({ message: _message, whenDown: _whenDown, ...route }) => route),
  };
}
