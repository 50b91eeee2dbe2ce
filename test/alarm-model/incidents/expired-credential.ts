import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const expiredCredential: Incident = {
  title: 'The key of an unused fallback expires',
  story: 'The last host of the chain refuses its key with 401. No request has come that far for weeks.',
  minutes: 60,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: ['foundry'], from: 20.4, to: 60.4, fault: { kind: 'expired-credential' } }],
  expected: [{ alarm: 'FallbackBroken/foundry', severity: 'notice', within: 5 }],
};

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
