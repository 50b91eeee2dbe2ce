import type { Model } from './model';

/**
 * Single regions known to have had Claude, whichever model: which is where changes without notice. A region that Google has added
 * since is taken as soon as a host names the models' ids there.
 */
const CLAUDE_REGIONS: readonly string[] = [
  'asia-east1',
  'asia-southeast1',
  'europe-west1',
  'europe-west4',
  'us-central1',
  'us-east5',
];
/** `global`, and the multi-regions. */
const WIDE: readonly string[] = ['global', 'us', 'eu'];

export interface VertexPlace {
  readonly location: string;
  /** Ids that were given for this place, by model. */
  readonly modelIds?: Readonly<Record<string, string>>;
}

/** What is wrong with a place for these models, and what would be right; undefined where nothing is. */
export function vertexRegionProblem(
  { location, modelIds = {} }: VertexPlace,
  models: readonly Pick<Model, 'id' | 'aliases'>[],
) {
  if ([...WIDE, ...CLAUDE_REGIONS].includes(location)) return undefined;
  const lacking = models.filter(({ id, aliases }) => ![id, ...aliases].some((name) => name in modelIds));
  if (lacking.length === 0) return undefined;
  return (
    `'location' ${location} is not known to serve ${lacking.map(({ id }) => id).join(', ')}; ` +
    `take ${WIDE.join(', ')} or one of ${CLAUDE_REGIONS.join(', ')}, or give the host the models' ids there by 'modelIds'`
  );
}
