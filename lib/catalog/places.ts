import type { BedrockProfile } from '../contract';

/**
 * Where requests are served, as far as residency goes: `eu`, `us`, `jp`, `au`, `anywhere`,
 * or for every other place the name of its region.
 */
export type Place = string;

type Geographies = readonly (readonly [RegExp, Place])[];

/** London and Zurich are Europe, and not the European Union. */
const AWS: Geographies = [
  [/^us-/, 'us'],
  [/^eu-(?!west-2$|central-2$)/, 'eu'],
  [/^ap-northeast-[13]$/, 'jp'],
  [/^ap-southeast-[24]$/, 'au'],
];
const GOOGLE: Geographies = [
  [/^global$/, 'anywhere'],
  [/^us(-|$)/, 'us'],
  [/^eu$|^europe-(?!west2$|west6$)/, 'eu'],
  [/^asia-northeast[12]$/, 'jp'],
  [/^australia-/, 'au'],
];

const placeIn =
  (geographies: Geographies) =>
  (region: string): Place =>
    geographies.find(([pattern]) => pattern.test(region))?.[1] ?? region;

export const awsPlace = placeIn(AWS);
export const googlePlace = placeIn(GOOGLE);

/** Where a profile may serve requests, beside its source region. */
export const PROFILE_PLACES: Readonly<Record<BedrockProfile, Place>> = {
  global: 'anywhere',
  us: 'us',
  eu: 'eu',
  jp: 'jp',
  au: 'au',
  apac: 'apac',
  'us-gov': 'us',
};
