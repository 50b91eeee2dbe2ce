import type { BedrockHostConfig, BedrockProfile } from '../../lib/contract';

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
const PROFILES = Object.keys(SOURCE_REGIONS) as BedrockProfile[];

const reaches = (profile: BedrockProfile, region: string): boolean =>
  SOURCE_REGIONS[profile].some((start) => region.startsWith(start));

/** What is wrong with a host's profile in its region, or undefined. */
export function geographyProblem({ region, profile = 'global' }: BedrockHostConfig): string | undefined {
  if (reaches(profile, region)) return undefined;
  const fitting = PROFILES.filter((each) => reaches(each, region));
  const there = SOURCE_REGIONS[profile].map((start) => (start.endsWith('-') ? `${start}*` : start)).join(', ');
  return (
    `"${profile}" cannot be called from "${region}", only from ${there}; ` +
    (fitting.length > 0 ? `change the region or use profile ${fitting.join(' or ')}` : 'change the region')
  );
}
