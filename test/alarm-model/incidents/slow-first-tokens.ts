import type { Incident } from '../incident/incident';
import { EVERY_HOST, OFFICE_HOURS } from './usual';

export const slowFirstTokens: Incident = {
  title: 'Every host takes its time until the first token',
  story: 'All hosts answer, and all of them eight seconds late.',
  minutes: 75,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: EVERY_HOST, from: 20.4, to: 50.4, fault: { kind: 'slow-first-token', ms: 8000 } }],
  expected: [
    { alarm: 'SlowFirstContent', severity: 'page', within: 5 },
    // It is left for being slow, and the others are no faster.
    { alarm: 'PrimaryUnavailable', severity: 'notice', within: 8 },
  ],
};
