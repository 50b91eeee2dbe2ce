import type { Incident } from '../incident/incident';

export const freshStack: Incident = {
  title: 'A fresh stack',
  story: 'Nobody calls yet, and the first round of the canary takes its time.',
  minutes: 60,
  canaryBegins: 4,
  traffic: [],
  expected: [],
};
