import type { Incident } from '../incident/incident';

export const quietWeekend: Incident = {
  title: 'A quiet weekend',
  story: 'Two days with a request every twenty minutes, and nothing wrong.',
  minutes: 2880,
  traffic: [{ from: 0, perMinute: { stream: 0.05 } }],
  expected: [],
};
