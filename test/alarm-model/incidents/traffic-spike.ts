import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const trafficSpike: Incident = {
  title: 'A traffic spike without faults',
  story: 'Ten times the traffic for a quarter of an hour, and nothing wrong.',
  minutes: 60,
  traffic: [
    ...OFFICE_HOURS,
    { from: 20, perMinute: { stream: 90, whole: 20, tool: 10 } },
    { ...OFFICE_HOURS[0]!, from: 35 },
  ],
  expected: [],
};
