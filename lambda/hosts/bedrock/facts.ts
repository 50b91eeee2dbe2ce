import type { BedrockHostConfig } from '../../../lib/contract';
import { CACHE_SCOPES, FIRST_PARTY_FIELDS, FIRST_PARTY_ONLY, type HostTraits, MB, SERVER_SIDE } from '../host-traits';
import { INVOKE_BETAS } from './betas';

const TOOLS_AND_CACHE = ['tools.*.eager_input_streaming', ...CACHE_SCOPES];

const BEDROCK: HostTraits = {
  schema: 'lagging',
  maxBodyBytes: 20 * MB,
  lacks: ['web_search', 'tool_search_bm25', 'url_source', 'user_profile', ...SERVER_SIDE, ...FIRST_PARTY_ONLY],
  leavesOut: [...FIRST_PARTY_FIELDS, ...TOOLS_AND_CACHE],
  lagging: { betas: INVOKE_BETAS.accepted, version: 'bedrock-2023-05-31' },
};

/** Models on the native Messages door: they refuse `format` and `strict`, which older ones take. */
const CURRENT_MODEL: HostTraits = { ...BEDROCK, lacks: [...BEDROCK.lacks, 'structured_outputs'] };

const LEGACY_MODEL: HostTraits = {
  ...BEDROCK,
  lacks: [...BEDROCK.lacks, 'mid_conversation_system'],
  leavesOut: [...FIRST_PARTY_FIELDS, 'cache_control', ...TOOLS_AND_CACHE],
};

export function bedrockFacts({ profile }: Pick<BedrockHostConfig, 'profile'>, isLegacyModel: boolean): HostTraits {
  const geo = profile === 'global' ? undefined : profile;
  return { ...(isLegacyModel ? LEGACY_MODEL : CURRENT_MODEL), geo };
}
