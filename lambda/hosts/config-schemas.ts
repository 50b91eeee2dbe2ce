import type { HostConfig, HostConfigs, HostKind } from '../../lib/contract';
import { anthropicSchema } from './anthropic/config-schema';
import { bedrockSchema } from './bedrock/config-schema';
import { claudePlatformAwsSchema } from './claude-platform-aws/config-schema';
import { foundrySchema } from './foundry/config-schema';
import type { HostSchema } from './host-schema';
import { vertexSchema } from './vertex/config-schema';

/** What each kind of host is configured by: the configuration's schema is made of these. */
export const HOST_SCHEMAS = {
  anthropic: anthropicSchema,
  bedrock: bedrockSchema,
  vertex: vertexSchema,
  foundry: foundrySchema,
  'claude-platform-aws': claudePlatformAwsSchema,
} satisfies { readonly [Kind in HostKind]: HostSchema<HostConfigs[Kind]> };

/** Of the kind that the host is. */
export const schemaOf = <Config extends HostConfig>(config: Config): HostSchema<Config> =>
  HOST_SCHEMAS[config.kind] as unknown as HostSchema<Config>;
