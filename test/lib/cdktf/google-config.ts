import config from '../../../failover.config';
import type { FailoverConfig } from '../../../bin/failover-config';

const project = { projectId: 'my-project', projectNumber: '123456789012' };

/** The least that needs Google. */
export const LEAST: FailoverConfig = {
  ...config,
  account: '111122223333',
  chain: [...config.chain, { host: 'vertex' }],
  google: project,
};

/** Everything the Google side can make. */
export const EVERYTHING: FailoverConfig = {
  ...LEAST,
  stackName: 'Claude',
  residency: 'eu',
  region: 'eu-central-1',
  chain: [
    { host: 'bedrock', region: 'eu-central-1', profile: 'eu' },
    { host: 'vertex', location: 'eu' },
    { host: 'vertex', location: 'europe-west1' },
  ],
  models: ['claude-opus-4-8'],
  google: {
    ...project,
    poolId: 'claude-pool',
    providerId: 'router-provider',
    serviceAccountId: 'claude-router',
    logSink: { location: 'EU', retentionDays: 400 },
    quotas: [{ quotaId: 'PredictionsPerMinute', value: 60, dimensions: { base_model: 'anthropic-claude-opus-4-8' } }],
    budget: { billingAccount: '012345-6789AB-CDEF01', monthlyAmount: 500, currency: 'EUR' },
    labels: { team: 'platform' },
  },
};
