import type { BedrockProfile } from '../contract';

/** Where a cross-region inference profile may be called from: beginnings of region names. */
const SOURCE_REGIONS: Readonly<Record<BedrockProfile, readonly string[]>> = {
  global: ['us-east-', 'us-west-', 'ca-', 'mx-', 'sa-', 'eu-', 'il-', 'me-', 'af-', 'ap-'],
  us: ['us-east-', 'us-west-', 'ca-'],
  eu: ['eu-'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  apac: ['ap-'],
  'us-gov': ['us-gov-'],
};

type GeographicProfile = Exclude<BedrockProfile, 'global'>;

/**
 * Where a geographic profile may route to. Japan, Australia and GovCloud have no other regions; for the rest AWS publishes
 * no list that holds (it differs by model and source region, and grows), so the geography itself is the limit.
 */
const DESTINATION_REGIONS: Readonly<Record<GeographicProfile, readonly string[]>> = {
  us: ['us-*'],
  eu: ['eu-*'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  apac: ['ap-*'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

const PROFILES = Object.keys(SOURCE_REGIONS) as BedrockProfile[];

const reaches = (profile: BedrockProfile, region: string): boolean =>
  SOURCE_REGIONS[profile].some((start) => region.startsWith(start));

/** What is wrong with calling a profile from a region, or undefined. */
export function geographyProblem(region: string, profile: BedrockProfile): string | undefined {
  if (reaches(profile, region)) return undefined;
  const fitting = PROFILES.filter((each) => reaches(each, region));
  const there = SOURCE_REGIONS[profile].map((start) => (start.endsWith('-') ? `${start}*` : start)).join(', ');
  return (
    `"${profile}" cannot be called from "${region}", only from ${there}; ` +
    (fitting.length > 0 ? `change the region or use profile ${fitting.join(' or ')}` : 'change the region')
  );
}

/** The regions a request may end in, `*` at the end matching any rest. The source region is always one of them. */
export function destinationRegions(profile: GeographicProfile, source: string): readonly string[] {
  const regions = DESTINATION_REGIONS[profile];
  const covered = regions.some(
    (region) => region === source || (region.endsWith('*') && source.startsWith(region.slice(0, -1))),
  );
  return covered ? regions : [...regions, source];
}

/** The profile that keeps a region's requests in its geography, where there is one for today's models. */
export function geographicProfile(region: string): 'us' | 'eu' | 'jp' | 'au' | undefined {
  return (['us', 'eu', 'jp', 'au'] as const).find((profile) => reaches(profile, region));
}
