import type { HostConfig } from '../../lib/contract';
import type { Host } from '../engine/host';
import { createAnthropicHost } from './anthropic/anthropic-host';
import { createBedrockHost } from './bedrock/bedrock-host';
import { createFoundryHost } from './foundry/foundry-host';
import type { HostDeps } from './host-deps';
import { lazyHost } from './lazy-host';

/** Costs next to nothing: what only a failover needs is loaded when it is needed. */
export function createHost(config: HostConfig, deps: HostDeps): Host {
  switch (config.kind) {
    case 'anthropic':
      return createAnthropicHost(config, deps);
    case 'foundry':
      return createFoundryHost(config, deps);
    case 'bedrock':
      return createBedrockHost(config, deps);
    case 'vertex':
      return lazyHost(config, deps, async () => (await import('./vertex/vertex-host')).createVertexHost(config, deps));
    case 'claude-platform-aws':
      return lazyHost(config, deps, async () => {
        const { createClaudePlatformAwsHost } = await import('./claude-platform-aws/claude-platform-aws-host');
        return createClaudePlatformAwsHost(config, deps);
      });
  }
}
