import type { BedrockProfile, HostConfig } from '../../../lib/contract';
import { awsPlace, googlePlace, type Place, PROFILE_PLACES } from '../../../lib/catalog/places';

const ANYWHERE: Place = 'anywhere';

/** Where a host serves a model, as residency counts it. Who does not say it may serve anywhere. */
export function hostPlaces(host: HostConfig, model: string): readonly Place[] {
  switch (host.kind) {
    case 'bedrock':
      return [awsPlace(host.region), profilePlace(host.models?.[model]) ?? PROFILE_PLACES[host.profile ?? 'global']];
    case 'bedrock-models':
      return [awsPlace(host.region), profilePlace(host.models?.[model] ?? model) ?? awsPlace(host.region)];
    case 'vertex':
    case 'vertex-gemini':
      return [googlePlace(host.location)];
    case 'messages':
    case 'openai':
    case 'azure-openai':
      return [host.servedIn ?? ANYWHERE];
    default:
      return [ANYWHERE];
  }
}

/** Of an id such as `eu.anthropic.claude-haiku-4-5-20251001-v1:0`. */
function profilePlace(id: string | undefined): Place | undefined {
  const [profile] = /^[a-z-]+(?=\.)/.exec(id ?? '') ?? [];
  return profile !== undefined && Object.hasOwn(PROFILE_PLACES, profile)
    ? PROFILE_PLACES[profile as BedrockProfile]
    : undefined;
}
