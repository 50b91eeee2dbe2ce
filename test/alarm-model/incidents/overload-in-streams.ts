import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const overloadInStreams: Incident = {
  title: 'Overload shows inside streams that began with 200',
  story:
    'For 20 minutes the primary answers 200 and then `overloaded_error` before any content, for 20 more in the middle of it.',
  minutes: 90,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [
    { hosts: ['anthropic'], from: 20.4, to: 40.4, fault: { kind: 'error-in-stream', rate: 0.8 } },
    { hosts: ['anthropic'], from: 40.4, to: 60.4, fault: { kind: 'error-in-stream', rate: 0.8, afterEvents: 2 } },
  ],
  expected: [
    { alarm: 'PrimaryUnavailable', severity: 'notice', within: 6 },
    // Later than before streams counted: most clients are served by the next host.
    { alarm: 'ServiceDown', severity: 'page', within: 25 },
    { alarm: 'StreamsDying', severity: 'notice', within: 30 },
  ],
};
