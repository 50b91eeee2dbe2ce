import type { HostFault, Incident } from '../incident/incident';
import type { Severity } from '../incident/severity';
import type { PairRegion } from './deployed-pair';

/** What happens to two regions. Minutes count from the beginning of the replay. */
export interface PairIncident extends Pick<Incident, 'title' | 'story' | 'minutes' | 'traffic'> {
  readonly begins?: number;
  /** Where clients are, as far as they can be served there. @default - at the first region, which is active */
  readonly clients?: readonly PairRegion[];
  readonly faults?: readonly HostFault[];
  readonly losses?: readonly RegionLoss[];
  /** Who tells, in how many minutes at most. Every other alarm of either region stays quiet. */
  readonly expected: readonly ExpectedOfRegion[];
}

export interface RegionLoss {
  readonly region: PairRegion;
  readonly from: number;
  readonly to: number;
  /** `all`: nothing there runs, tells or can be asked; `api`: its API is gone, and everything else is well. */
  readonly what: 'all' | 'api';
}

export interface ExpectedOfRegion {
  readonly region: PairRegion;
  readonly alarm: string;
  readonly severity: Severity;
  readonly within: number;
}
