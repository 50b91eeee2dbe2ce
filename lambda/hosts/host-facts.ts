import type { HostConfig } from '../../lib/contract';
import type { Host } from '../engine/host';
import { requestedBetas } from '../wire/anthropic/request/betas';
import { askedGeo } from '../wire/anthropic/request/features';
import { lessonOf } from '../wire/anthropic/request/lesson';
import type { HostDeps } from './host-deps';
import { CLAUDE_ERRORS } from './errors/claude-errors';
import type { HostTraits } from './host-traits';

/** What is known of a host without loading its adapter. */
export interface HostFacts extends Omit<Host, 'open' | 'forward' | 'refreshCredential'> {
  of(model: string): HostTraits;
}

/** `factsOf`: some hosts differ by model. */
export function hostFacts(
  config: HostConfig,
  { models }: HostDeps,
  factsOf: (model: string) => HostTraits,
  keys: readonly string[] = [],
): HostFacts {
  const { schema, maxBodyBytes, lagging } = factsOf('');
  return {
    name: config.name,
    kind: config.kind,
    schema,
    errors: CLAUDE_ERRORS,
    maxBodyBytes,
    keys,
    modelId: (model) => models.on(model, config),
    lacks: (feature, model) => lacks(factsOf(model), feature),
    loses: (feature, model) => loses(factsOf(model), feature),
    ...(lagging && {
      lessonOf: (facts, call, known) => lessonOf(lagging, facts, call, known),
      alike: ({ headers }) => [headers['anthropic-version'], ...requestedBetas(headers).sort()].join(),
    }),
    of: factsOf,
  };
}

/** What a field asks for is lost without a word where the field is left out. */
function loses(facts: HostTraits, feature: string): boolean {
  const field = askedGeo(feature) === undefined ? feature : 'inference_geo';
  return facts.leavesOut.includes(field) && lacks(facts, feature);
}

/** A host that leaves the field out cannot promise a geography which it does not keep anyway. */
export function lacks({ lacks: lacking, geo, leavesOut }: HostTraits, feature: string): boolean {
  const asked = askedGeo(feature);
  if (asked === undefined) return (lacking as readonly string[]).includes(feature);
  return leavesOut.includes('inference_geo') && asked !== geo;
}
