import type { Incident } from '../incident/incident';
import { OFFICE_HOURS } from './usual';

export const smallQuota: Incident = {
  title: 'The fallbacks have too little quota at failover',
  story:
    'The primary is down for 30 minutes, and the quotas of all fallbacks together are three quarters of its traffic.',
  minutes: 75,
  begins: 20.4,
  traffic: OFFICE_HOURS,
  quotas: { 'bedrock-us-east-1': 5, foundry: 4 },
  faults: [{ hosts: ['anthropic'], from: 20.4, to: 50.4, fault: { kind: 'overloaded' } }],
  expected: [
    // Before it matters.
    { alarm: 'QuotaHeadroom', severity: 'notice', within: 0 },
    { alarm: 'ServiceDown', severity: 'page', within: 3 },
    { alarm: 'FallbackBroken/bedrock-us-east-1', severity: 'notice', within: 5 },
    { alarm: 'FallbackBroken/foundry', severity: 'notice', within: 5 },
    { alarm: 'PrimaryUnavailable', severity: 'notice', within: 6 },
  ],
};
