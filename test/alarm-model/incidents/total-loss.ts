import type { Incident } from '../incident/incident';
import { EVERY_HOST, OFFICE_HOURS } from './usual';

export const totalLoss: Incident = {
  title: 'Every host is down',
  story: 'All four hosts answer with overload for ten minutes.',
  minutes: 60,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: EVERY_HOST, from: 20.4, to: 30.4, fault: { kind: 'overloaded' } }],
  expected: [{ alarm: 'ServiceDown', severity: 'page', within: 3 }],
};
