import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const expiredCredential: Incident = {
  title: 'The key of an unused fallback expires',
  story: 'The last host of the chain refuses its key with 401. No request has come that far for weeks.',
  minutes: 60,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: ['foundry'], from: 20.4, to: 60.4, fault: { kind: 'expired-credential' } }],
  expected: [],
};
