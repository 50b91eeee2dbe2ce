import type { VertexHostConfig } from '../../../lib/contract';
import { CACHE_SCOPES, FIRST_PARTY_FIELDS, FIRST_PARTY_ONLY, type HostTraits, MB, SERVER_SIDE } from '../host-traits';
import { VERTEX_BETAS } from './betas';

const VERTEX: HostTraits = {
  schema: 'lagging',
  maxBodyBytes: 30 * MB,
  lacks: ['url_source', 'mid_conversation_system', ...SERVER_SIDE, ...FIRST_PARTY_ONLY],
  leavesOut: [...FIRST_PARTY_FIELDS, ...CACHE_SCOPES],
  betas: VERTEX_BETAS,
  lagging: { betas: VERTEX_BETAS.accepted, version: 'vertex-2023-10-16' },
};

export function vertexFacts({ location }: Pick<VertexHostConfig, 'location'>): HostTraits {
  // `us`, `us-east5`, `eu`, `europe-west1`.
  return { ...VERTEX, geo: /^(?:us|eu)/.exec(location)?.[0] };
}
