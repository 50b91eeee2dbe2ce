import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const canaryStopped: Incident = {
  title: 'The canary stops',
  story: 'Its schedule no longer runs it. Everything else is well.',
  minutes: 60,
  begins: 20,
  traffic: OFFICE_HOURS,
  canaryStops: 20,
  expected: [{ alarm: 'CanarySilent', severity: 'page', within: 8 }],
};
