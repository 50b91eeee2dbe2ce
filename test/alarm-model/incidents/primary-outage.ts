import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const primaryOutage: Incident = {
  title: 'The primary has elevated errors for 85 minutes',
  story: 'Six of ten requests to api.anthropic.com fail with 500; every fallback is well.',
  minutes: 140,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: ['anthropic'], from: 20.4, to: 105.4, fault: { kind: 'server-error', rate: 0.6 } }],
  expected: [{ alarm: 'PrimaryUnavailable', severity: 'notice', within: 6 }],
};
