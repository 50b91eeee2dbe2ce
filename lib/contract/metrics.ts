export const METRICS_NAMESPACE = 'ClaudeFailover';
export const SERVICE_NAME = 'claude-failover';

/** CloudWatch metrics. Each name and dimension set costs money by the month: detail belongs into log lines. */
export const METRICS = {
  /** By service: one datapoint a client request. */
  requests: 'Requests',
  failovers: 'Failovers',
  exhausted: 'Exhausted',
  streamDied: 'StreamDied',
  adapted: 'Adapted',
  keySetAside: 'KeySetAside',
  /** Attempts that had no usable credential: a placeholder, or one that the host refused. */
  credentialFailures: 'CredentialFailures',
  attempts: 'Attempts',
  duration: 'Duration',
  timeToFirstContent: 'TimeToFirstContent',
  /** By service and host. */
  hostAttempts: 'HostAttempts',
  hostFailures: 'HostFailures',
} as const;

/** What the canary and the key reminder publish, in the same namespace and with the same dimensions. */
export const CANARY_METRICS = {
  /** By service: 1 a round. Silence is what its alarm is about. */
  runs: 'CanaryRuns',
  /** By service: how long the longest drain has lasted, in hours. */
  drainedHours: 'DrainedHours',
  /** By service: keys of hosts that are older than their owners wanted. */
  keysOverdue: 'KeysOverdue',
  /** By service and host: 0 for a check that passed, 1 for one that failed and failed again when it was repeated at once. */
  hostFailures: 'HostCanaryFailures',
  /** By service and host: what is left of its quota if it carried the primary's recent peak, in percent of that peak. */
  hostQuotaHeadroom: 'HostQuotaHeadroom',
} as const;
/** Host of the canary's check through the public endpoint. No host can be called so. */
export const ENDPOINT_HOST = '(endpoint)';
export const DIMENSIONS = { service: 'service', host: 'Host' } as const;
