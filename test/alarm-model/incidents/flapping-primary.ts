import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const flappingPrimary: Incident = {
  title: 'The primary flaps',
  story: 'For an hour the primary is down one minute and up the next.',
  minutes: 110,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [
    { hosts: ['anthropic'], from: 20.4, to: 21.4, fault: { kind: 'overloaded' }, again: { every: 2, times: 30 } },
  ],
  expected: [{ alarm: 'PrimaryUnavailable', severity: 'notice', within: 8 }],
};
