/** Names of environment variables and headers, and what the small handlers are told by them. */

/** Environment variables the router reads. */
export const ENV = {
  /** What logs and metrics call this router; Powertools' own name for it. Absent: `claude-failover`. */
  SERVICE: 'POWERTOOLS_SERVICE_NAME',
  /** The RouterConfig as JSON. */
  CONFIG: 'FAILOVER_CONFIG',
  /** Name of the SSM parameter that has the RouterConfig, where the environment has no room for it. */
  CONFIG_PARAMETER: 'FAILOVER_CONFIG_PARAMETER',
  /** Bucket and key, `bucket/key`, of the S3 object that has the RouterConfig, where even a parameter has no room for it. */
  CONFIG_OBJECT: 'FAILOVER_CONFIG_OBJECT',
  /** Names of SSM parameters, divided by commas: JSON arrays, one after the other, of what fills the holes of that object. */
  CONFIG_VALUES: 'FAILOVER_CONFIG_VALUES',
  /** Name of the DynamoDB table in which routers share what they know of hosts. */
  HEALTH_TABLE: 'FAILOVER_HEALTH_TABLE',
  /** Name of the DynamoDB table that has the answers of the response cache. */
  CACHE_TABLE: 'FAILOVER_CACHE_TABLE',
  /** `region/bucket`: where those answers are that the table has no room for. */
  CACHE_BUCKET: 'FAILOVER_CACHE_BUCKET',
  /** Regions, divided by commas, that have replicas of the secrets: a router in one of them reads there. */
  SECRET_REPLICAS: 'FAILOVER_SECRET_REPLICAS',
  /** Ids of the keys whose digests the configuration has. Nobody reads them: another key makes other processes, which read anew. */
  KEY_IDS: 'FAILOVER_KEY_IDS',
  /** Seconds for which whoever is in front keeps a silent connection; the server keeps its own a little longer. */
  IDLE_SECONDS: 'FAILOVER_IDLE_SECONDS',
} as const;

/** File of the server's bundle that is run, by the shapes that are no Lambda function. */
export const SERVER_ENTRY = 'index.mjs';
/** Path that answers as long as the process does, whatever the hosts do. */
export const HELLO_PATH = '/api/hello';
/** Header by which CloudFront shows that a request comes through it. It never reaches a host. */
export const FRONT_HEADER = 'x-failover-front';

/** A hole in a stored configuration: `{ "$value": 3 }` stands for the fourth of the values. */
export const CONFIG_VALUE = '$value';

/** Name of the router's alias, which takes the traffic. */
export const LIVE_ALIAS = 'live';

/** Environment variables the pre-traffic hook reads. */
export const PRE_TRAFFIC_ENV = {
  /** ARN of the router's version that is about to take traffic. */
  ROUTER_VERSION: 'ROUTER_VERSION',
  /** ARN of the alias, which is the version before until traffic shifts. */
  ROUTER_ALIAS: 'ROUTER_ALIAS',
  /** `Probe[]` as JSON. */
  PROBES: 'PROBES',
} as const;

/** One forced request: to this host and no other. */
export interface Probe {
  readonly host: string;
  readonly model: string;
}
/** Client name of the pre-traffic hook, which may steer `only`. */
export const PROBE_CLIENT = 'deployment-probe';

/** Environment variable of the spend watch: `true` where it publishes the spend of the month. */
export const SPEND_OF_MONTH = 'SPEND_OF_MONTH';

/** Environment variables the key reminder reads. */
export const KEY_REMINDER_ENV = {
  /** `KeyAgeLimit[]` as JSON. */
  KEYS: 'KEYS',
  TOPIC_ARN: 'TOPIC_ARN',
} as const;

export interface KeyAgeLimit {
  readonly secretArn: string;
  readonly days: number;
  /** The stack made the secret with a placeholder in it. */
  readonly startsAsPlaceholder: boolean;
}

/** Request headers by which an allowed client steers one request. They never reach a host. */
export const STEERING_HEADERS = {
  chain: 'x-failover-chain',
  only: 'x-failover-only',
  skip: 'x-failover-skip',
  commit: 'x-failover-commit',
  budget: 'x-failover-budget',
  /** Whether another model may answer: `no` declines it, which everybody may. */
  'last-resort': 'x-failover-last-resort',
} as const;
export type Steering = keyof typeof STEERING_HEADERS;

/** Request header by which anybody may wait, in seconds, instead of being refused for a limit or a quota. It never reaches a host. */
export const WAIT_HEADER = 'x-failover-wait';

/** Response headers the router adds. */
export const RESPONSE_HEADERS = {
  host: 'x-failover-host',
  /** Only on what another model than the one asked for has answered. */
  model: 'x-failover-model',
  attempts: 'x-failover-attempts',
  trace: 'x-failover-trace',
  dropped: 'x-failover-dropped',
  adapted: 'x-failover-adapted',
  note: 'x-failover-note',
  /** What the response cache had to do with it; in a request, what it may have to do with it. */
  cache: 'x-failover-cache',
  /** Only on an answer that is older than it may be, in seconds. */
  stale: 'x-failover-stale',
} as const;
