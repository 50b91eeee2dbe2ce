import type { Incident } from '../incident/incident';

export const lastResortExpired: Incident = {
  title: 'The key of a last resort expires',
  story: 'The server of another model refuses its key with 401. It is asked four times a day.',
  stack: { lastResort: [{ host: 'openai', model: 'gpt-5.2' }] },
  minutes: 420,
  begins: 20.4,
  traffic: [{ from: 0, perMinute: { whole: 0.1 } }],
  faults: [{ hosts: ['openai'], from: 20.4, to: 420.4, fault: { kind: 'expired-credential' } }],
  expected: [{ alarm: 'FallbackBroken/openai', severity: 'notice', within: 360 }],
};
