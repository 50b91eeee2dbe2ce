import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const retiredModel: Incident = {
  title: 'A model id is retired on one host',
  story: 'Bedrock in us-west-2 no longer knows the model, while the primary is well.',
  minutes: 60,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  faults: [
    {
      hosts: ['bedrock-us-west-2-us'],
      models: ['claude-sonnet-5-5'],
      from: 20.4,
      to: 60.4,
      fault: { kind: 'not-found-model' },
    },
  ],
  expected: [],
};
