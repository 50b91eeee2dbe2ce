import type { FailoverConfig } from './bin/failover-config';

const config: FailoverConfig = {
  models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5'],

  // Tried from top to bottom. Two Bedrock hosts with different regions and profiles draw on different quotas.
  chain: [
    { host: 'anthropic' },
    { host: 'bedrock', region: 'us-east-1', profile: 'global' },
    { host: 'bedrock', region: 'us-west-2', profile: 'us' },
  ],

  teams: [{ name: 'default' }],

  // Who is woken when every host is down. Nobody yet: synth warns of it.
  pageEmails: [],
};

export default config;
