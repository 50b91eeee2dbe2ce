import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const regionalBedrockOutage: Incident = {
  title: 'Amazon Bedrock is down in one region',
  story: 'Bedrock in us-east-1 answers 503 for 45 minutes, while the primary is well and nobody needs it.',
  minutes: 90,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [{ hosts: ['bedrock-us-east-1'], from: 20.4, to: 65.4, fault: { kind: 'unavailable' } }],
  expected: [],
};
