export const METRICS_NAMESPACE = 'ClaudeFailover';
export const SERVICE_NAME = 'claude-failover';

/** CloudWatch metrics. Each name and dimension set costs money by the month: detail belongs into log lines. */
export const METRICS = {
  /** By service: one datapoint a client request. */
  requests: 'Requests',
  failovers: 'Failovers',
  exhausted: 'Exhausted',
  streamDied: 'StreamDied',
  /** Answers of another model than the one asked for. There is no datapoint without one, so that nobody pays who has none. */
  lastResortAnswers: 'LastResortAnswers',
  /** Requests beyond what their client may send. There is no datapoint without one. */
  limited: 'Limited',
  /** Requests for what their client's policy does not allow. There is no datapoint without one. */
  denied: 'Denied',
  /** Requests and answers that a guardrail has stopped, and that it could not be asked about. There is no datapoint without one. */
  guardrailStops: 'GuardrailStops',
  guardrailFailures: 'GuardrailFailures',
  duration: 'Duration',
  /** Of streams that are committed on their first content. */
  timeToFirstContent: 'TimeToFirstContent',
  /** USD at list price, for models that have one. */
  cost: 'Cost',
  /** Of the prompt, caches included, and of the answer: what quotas count. */
  tokens: 'Tokens',
  /** Of requests that use prompt caching: tokens of the prompt that were read from the cache, in percent. */
  cacheHitRate: 'CacheHitRate',
  /** Of requests that looked into the response cache: 1 where the answer came from it, 0 where not. There is no datapoint without one. */
  responseCacheHits: 'ResponseCacheHits',
  /** Times it could not be used. */
  responseCacheFailures: 'ResponseCacheFailures',
  /** Answers that were older than they may be, because every host had failed. There is no datapoint without one. */
  staleAnswers: 'StaleAnswers',
  /** Attempts that had no usable credential: a placeholder, or one that the host refused. */
  credentialFailures: 'CredentialFailures',
  /** Attempts that were refused for money: an unpaid bill, an empty account, a spend limit. */
  billingFailures: 'BillingFailures',
  /** By service and host. Of failures there is one datapoint an attempt, so that their SampleCount counts attempts. */
  hostFailures: 'HostFailures',
  hostTimeToFirstContent: 'HostTimeToFirstContent',
} as const;

/** What the canary publishes, in the same namespace and with the same dimensions. */
export const CANARY_METRICS = {
  /** By service: 1 a round. Silence is what its alarm is about. */
  runs: 'CanaryRuns',
  /** By service: how long the longest drain has lasted, in hours. */
  drainedHours: 'DrainedHours',
  /** By service and host: 0 for a check that passed, 1 for one that failed and failed again when it was repeated at once. */
  hostFailures: 'HostCanaryFailures',
  /** By service and host: its quota in percent of the primary's recent peak, tokens or requests, whichever is scarcer. 100 is just enough. */
  hostQuotaHeadroom: 'HostQuotaHeadroom',
  /** By service: 1 while the other region has paged. There is no datapoint without a page, so that nobody pays for one. */
  otherRegionTold: 'OtherRegionTold',
} as const;

/** What the key reminder publishes, by service. */
export const KEY_METRICS = {
  /** Keys of hosts that are older than their owners wanted. */
  overdue: 'KeysOverdue',
} as const;

/** What the spend watch publishes, by service. */
export const SPEND_METRICS = {
  /** What the last 24 hours have cost, by the average day of the seven before. */
  ratio: 'SpendRatio',
  /** USD since the month began, by UTC. Only where an alarm looks at it. */
  month: 'SpendThisMonth',
} as const;

/** What a router publishes of spend limits, by service. There is no datapoint without a limit, so that nobody pays who has none. */
export const LIMIT_METRICS = {
  /** Limits of which 80 % are used up, once in each window. */
  notices: 'SpendNotices',
  /** Requests refused because a limit is used up. */
  refused: 'SpendRefused',
  /** Requests that were let through or refused without the table, by the policy. */
  unchecked: 'SpendUnchecked',
  /** Answers that count as nothing, because nobody knows their price. */
  unpriced: 'SpendUnpriced',
} as const;

/** What is published of batches, by service. */
export const BATCH_METRICS = {
  /** Requests of a batch that has ended, which nobody has answered. There is no datapoint without one. */
  unanswered: 'BatchUnanswered',
  /** 0 once a day where the canary's last batch was answered and its next was taken, else 1. */
  canaryFailures: 'BatchCanaryFailures',
} as const;

/** What a filter of the log makes of a web function's start reports, in a namespace of the service. */
export const WEB_METRICS = {
  startFailures: 'StartFailures',
} as const;

/** What a router with an audit trail publishes, by service. There is no datapoint without trouble, so that nobody pays who has none. */
export const AUDIT_METRICS = {
  /** Records that could not be written at a try, and wait for the next. */
  waiting: 'AuditWaiting',
  /** Records, and contents of requests, that are gone for good. */
  lost: 'AuditLost',
} as const;

type NameIn<Metrics> = Metrics[keyof Metrics];
export type MetricName =
  | NameIn<typeof METRICS>
  | NameIn<typeof CANARY_METRICS>
  | NameIn<typeof KEY_METRICS>
  | NameIn<typeof SPEND_METRICS>
  | NameIn<typeof AUDIT_METRICS>
  | NameIn<typeof LIMIT_METRICS>
  | NameIn<typeof BATCH_METRICS>;

export interface MetricFacts {
  /** CloudWatch's word. */
  readonly unit: 'Count' | 'Milliseconds' | 'Percent' | 'None';
  /** What its datapoints are read by, where nothing else is asked. */
  readonly statistic: 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'p50';
}

const COUNT: MetricFacts = { unit: 'Count', statistic: 'Sum' };
const MOST: MetricFacts = { unit: 'Count', statistic: 'Maximum' };
const HIGHEST: MetricFacts = { unit: 'None', statistic: 'Maximum' };
const MEDIAN_MS: MetricFacts = { unit: 'Milliseconds', statistic: 'p50' };

/** Of those that do not count. A router has them at its start, and most metrics do count. */
const OTHERS: Readonly<Partial<Record<MetricName, MetricFacts>>> = {
  Duration: MEDIAN_MS,
  TimeToFirstContent: MEDIAN_MS,
  Cost: { unit: 'None', statistic: 'Sum' },
  CacheHitRate: { unit: 'Percent', statistic: 'Average' },
  HostTimeToFirstContent: MEDIAN_MS,
  DrainedHours: HIGHEST,
  HostCanaryFailures: MOST,
  HostQuotaHeadroom: { unit: 'Percent', statistic: 'Minimum' },
  OtherRegionTold: MOST,
  KeysOverdue: MOST,
  SpendRatio: HIGHEST,
  SpendThisMonth: HIGHEST,
  AuditWaiting: MOST,
  BatchCanaryFailures: MOST,
};

/** How a metric is published, and how it is read. */
export const metricFacts = (name: MetricName): MetricFacts => OTHERS[name] ?? COUNT;

/** Host of the canary's check through the public endpoint. No host can be called so. */
export const ENDPOINT_HOST = '(endpoint)';
export const DIMENSIONS = { service: 'service', host: 'Host' } as const;
