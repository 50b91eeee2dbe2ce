import { OFFICE_HOURS } from '../incidents/usual';
import { PAIR_REGIONS } from './deployed-pair';
import type { PairIncident } from './pair-incident';

const [FIRST, SECOND] = PAIR_REGIONS;
const ALL = ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2-us'];
const usual = { minutes: 60, begins: 20.4, traffic: OFFICE_HOURS };

export const PAIR_INCIDENTS: readonly PairIncident[] = [
  {
    ...usual,
    title: 'The active region is lost',
    story: 'Nothing in the first region answers, runs or tells anybody for half an hour.',
    losses: [{ region: FIRST, from: 20.4, to: 50.4, what: 'all' }],
    expected: [{ region: SECOND, alarm: 'OtherRegion', severity: 'page', within: 13 }],
  },
  {
    ...usual,
    title: 'The API of the active region is deleted',
    story: 'API Gateway refuses every request in the first region for half an hour; everything else there is well.',
    losses: [{ region: FIRST, from: 20.4, to: 50.4, what: 'api' }],
    expected: [{ region: FIRST, alarm: 'ServiceDown', severity: 'page', within: 6 }],
  },
  {
    ...usual,
    title: 'The API of the passive region is deleted',
    story: 'The same in the second region, where no client is.',
    losses: [{ region: SECOND, from: 20.4, to: 50.4, what: 'api' }],
    expected: [{ region: SECOND, alarm: 'ServiceDown', severity: 'page', within: 12 }],
  },
  {
    ...usual,
    title: 'Every host is down, for both regions',
    story: 'All hosts answer with overload for ten minutes; clients are in both regions.',
    clients: PAIR_REGIONS,
    faults: [{ hosts: ALL, from: 20.4, to: 30.4, fault: { kind: 'overloaded' } }],
    expected: [
      { region: FIRST, alarm: 'ServiceDown', severity: 'page', within: 3 },
      { region: FIRST, alarm: 'FallbackBroken/bedrock-us-east-1', severity: 'notice', within: 5 },
      { region: FIRST, alarm: 'FallbackBroken/bedrock-us-west-2-us', severity: 'notice', within: 5 },
    ],
  },
  {
    ...usual,
    title: 'Amazon Bedrock is down in one region',
    story: 'Bedrock in us-east-1 answers 503 for half an hour: own fallback of one region, far one of the other.',
    faults: [{ hosts: ['bedrock-us-east-1'], from: 20.4, to: 50.4, fault: { kind: 'unavailable' } }],
    expected: [{ region: FIRST, alarm: 'FallbackBroken/bedrock-us-east-1', severity: 'notice', within: 5 }],
  },
  {
    ...usual,
    title: 'The primary is down',
    story: 'Anthropic answers with overload for half an hour, as both regions see.',
    faults: [{ hosts: ['anthropic'], from: 20.4, to: 50.4, fault: { kind: 'overloaded' } }],
    expected: [{ region: FIRST, alarm: 'PrimaryUnavailable', severity: 'notice', within: 7 }],
  },
  {
    ...usual,
    title: 'A quiet hour',
    story: 'Nothing happens.',
    expected: [],
  },
];
