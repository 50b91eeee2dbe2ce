import {
  type ClaudeHostConfigs,
  type ClaudeKind,
  type HostConfig,
  type OtherHostConfig,
  isClaudeHost,
} from '../../lib/contract';
import type { Host } from '../engine/host';
import { ANTHROPIC_FACTS } from './anthropic/facts';
import { createAnthropicHost } from './anthropic/anthropic-host';
import { anthropicSchema } from './anthropic/config-schema';
import { createBedrockHost } from './bedrock/bedrock-host';
import { bedrockSchema } from './bedrock/config-schema';
import { claudePlatformAwsSchema } from './claude-platform-aws/config-schema';
import { foundrySchema } from './foundry/config-schema';
import { createFoundryHost } from './foundry/foundry-host';
import type { HostDeps } from './host-deps';
import type { HostSchema } from './host-schema';
import { lazyHost } from './lazy-host';
import { otherHost } from './other/other-host';
import { withOwnCalls } from './own-call';
import { vertexFacts } from './vertex/facts';
import { vertexSchema } from './vertex/config-schema';

interface KindOfHost<Config extends HostConfig> {
  /** What it is configured by. */
  readonly schema: HostSchema<Config>;
  create(config: Config, deps: HostDeps): Host;
}

/** Every kind of host that serves Claude. What only a failover needs is loaded when it is needed. */
export const CLAUDE_HOSTS = {
  anthropic: { schema: anthropicSchema, create: createAnthropicHost },
  bedrock: { schema: bedrockSchema, create: createBedrockHost },
  vertex: {
    schema: vertexSchema,
    create: (config, deps) =>
      lazyHost(config, deps, vertexFacts(config), async () =>
        (await import('./vertex/vertex-host')).createVertexHost(config, deps),
      ),
  },
  foundry: { schema: foundrySchema, create: createFoundryHost },
  'claude-platform-aws': {
    schema: claudePlatformAwsSchema,
    create: (config, deps) =>
      lazyHost(config, deps, ANTHROPIC_FACTS, async () =>
        (await import('./claude-platform-aws/claude-platform-aws-host')).createClaudePlatformAwsHost(config, deps),
      ),
  },
} satisfies { readonly [Kind in ClaudeKind]: KindOfHost<ClaudeHostConfigs[Kind]> };

/** Costs next to nothing. */
export function createHost(config: HostConfig, deps: HostDeps): Host {
  if (!isClaudeHost(config)) return otherHost(config as OtherHostConfig, deps);
  const host = (CLAUDE_HOSTS[config.kind] as unknown as KindOfHost<HostConfig>).create(config, deps);
  return deps.hasOthers ? withOwnCalls(host) : host;
}
