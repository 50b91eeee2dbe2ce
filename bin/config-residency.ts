import type { FailoverConfig, ResidencyName } from './failover-config';
import { Residency } from '../lib/router/residency';

const RESIDENCY: Readonly<Record<ResidencyName, Residency>> = {
  eu: Residency.EU,
  us: Residency.US,
  jp: Residency.JP,
  au: Residency.AU,
  anywhere: Residency.ANYWHERE,
};

export const residencyOf = (name: ResidencyName): Residency => RESIDENCY[name];

export const configResidency = ({ residency = 'anywhere' }: FailoverConfig): Residency => residencyOf(residency);
