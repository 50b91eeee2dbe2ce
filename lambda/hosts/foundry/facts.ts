import type { FoundryHostConfig } from '../../../lib/contract';
import { FIRST_PARTY_FIELDS, FIRST_PARTY_ONLY, type HostTraits, MB, SERVER_SIDE } from '../host-traits';

/** Run by Anthropic behind Azure's door. */
const ANTHROPIC_HOSTED: HostTraits = {
  schema: 'current',
  // Not documented; Anthropic's own.
  maxBodyBytes: 32 * MB,
  lacks: ['mid_conversation_system', 'user_profile', ...FIRST_PARTY_ONLY],
  leavesOut: FIRST_PARTY_FIELDS,
};

/** Deployments that run on Azure refuse unsupported features with a 400, by design. */
const AZURE_HOSTED: HostTraits = {
  ...ANTHROPIC_HOSTED,
  schema: 'lagging',
  lacks: [
    ...ANTHROPIC_HOSTED.lacks,
    ...SERVER_SIDE,
    'web_search',
    'tool_search',
    'tool_search_bm25',
    'tool_reference',
    'structured_outputs',
  ],
};

export const foundryFacts = ({ hosting }: Pick<FoundryHostConfig, 'hosting'>): HostTraits =>
  hosting === 'azure' ? AZURE_HOSTED : ANTHROPIC_HOSTED;
