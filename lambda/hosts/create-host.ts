import type { HostConfig, HostKind } from '../../lib/contract';
import type { Host } from '../engine/host';
import { ANTHROPIC_FACTS } from './anthropic/facts';
import { createAnthropicHost } from './anthropic/anthropic-host';
import { createBedrockHost } from './bedrock/bedrock-host';
import { createFoundryHost } from './foundry/foundry-host';
import type { HostDeps } from './host-deps';
import { lazyHost } from './lazy-host';
import { vertexFacts } from './vertex/facts';

type ConfigOf<Kind extends HostKind> = Extract<HostConfig, { kind: Kind }>;

/** The adapter of each kind of host. What only a failover needs is loaded when it is needed. */
const ADAPTERS: { readonly [Kind in HostKind]: (config: ConfigOf<Kind>, deps: HostDeps) => Host } = {
  anthropic: createAnthropicHost,
  bedrock: createBedrockHost,
  foundry: createFoundryHost,
  vertex: (config, deps) =>
    lazyHost(config, deps, vertexFacts(config), async () =>
      (await import('./vertex/vertex-host')).createVertexHost(config, deps),
    ),
  'claude-platform-aws': (config, deps) =>
    lazyHost(config, deps, ANTHROPIC_FACTS, async () =>
      (await import('./claude-platform-aws/claude-platform-aws-host')).createClaudePlatformAwsHost(config, deps),
    ),
};

/** Costs next to nothing. */
export function createHost<Kind extends HostKind>(config: ConfigOf<Kind> & { kind: Kind }, deps: HostDeps): Host {
  return ADAPTERS[config.kind as Kind](config, deps);
}
