import type { FailoverConfig } from '../../../bin/failover-config';
import type { ChainHost } from '../../../bin/hosts/chain-hosts';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';
export const ASSET_BUCKET = 'deployed-test-assets';
/** The stack that has an audit trail, and who may do there what nobody else may. */
export const AUDITED = 'ClaudeAudited';
export const BREAK_GLASS = `arn:aws:iam::${ACCOUNT}:role/break-glass`;
/** The app finds the endpoints of its chain here, as JSON by name. */
export const ENDPOINTS_ENV = 'DEPLOYED_TEST_ENDPOINTS';

/** Name of the stack whose requests and batches can wait. */
export const QUEUE_STACK = 'Waiting';

/** Id of the hosted zone that two regions have their names in. */
export const ZONE_ENV = 'DEPLOYED_TEST_ZONE';

/** What the router runs as, as JSON: `shape` of failover.config.ts, and what is wrong with it. */
export const SHAPE_ENV = 'DEPLOYED_TEST_SHAPE';

/** A mistake in a web function's revision. */
export interface ShapeChange {
  /** File that is started. @default - the router */
  readonly entry?: string;
}

/** Name of the stack whose id is the same in every run of the neighbours' app. */
export const STACK_NAME_ENV = 'DEPLOYED_TEST_STACK_NAME';

const HOSTS = {
  anthropic: { host: 'anthropic' },
  'bedrock-us-east-1': { host: 'bedrock', region: 'us-east-1' },
  'bedrock-us-west-2': { host: 'bedrock', region: 'us-west-2', profile: 'us' },
  foundry: { host: 'foundry', resource: 'simulated' },
} as const satisfies Readonly<Record<string, ChainHost>>;
export type DeployedHostName = keyof typeof HOSTS;

/** Base URLs by host, in the order of the chain. */
export type Endpoints = Readonly<Partial<Record<DeployedHostName, string>>>;

export const MODEL = 'claude-opus-5-5';
export const PAGE_EMAIL = 'on-call@example.com';

export const TEAMS = [
  { name: 'product', may: ['only', 'skip'] },
  { name: 'slow', rateLimit: 1, burstLimit: 2 },
  { name: 'small', quota: { limit: 2, period: 'DAY' } },
] as const satisfies FailoverConfig['teams'];

/** What is deployed: the stack of `failover.config.ts`, with simulated hosts behind it and the shortest timers there are. */
export function testConfig(endpoints: Endpoints): FailoverConfig {
  return {
    account: ACCOUNT,
    region: REGION,
    models: [MODEL],
    chain: Object.entries(endpoints).map(([name, endpoint]) => ({
      ...HOSTS[name as DeployedHostName],
      name,
      endpoint,
    })),
    budget: 'realtime',
    teams: TEAMS,
    pageEmails: [PAGE_EMAIL],
  };
}
