import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmSeverity } from './alarm-options';
import { KEY_METRICS, METRICS, SPEND_METRICS } from '../../contract';
import { type AlarmDefinition, tail } from './alarm-definition';

const { PAGE, NOTICE } = AlarmSeverity;
/** Slides: evaluated each minute over the last five. Soon enough to take a deployment back, long enough for a rate. */
const FIVE_MINUTES = Duration.minutes(5);

/** What the requests of clients tell. Percentages count only where there are enough requests for one. */
export const REQUEST_ALARMS = {
  exhausted: {
    id: 'Exhausted',
    heading: 'All hosts failing',
    severity: PAGE,
    meansDown: true,
    // Half of what a canary of 10 % shows of a version that cannot serve at all.
    threshold: 5,
    period: FIVE_MINUTES,
    metric: (metrics) =>
      metrics.math(
        'IF(requests >= 5, 100 * exhausted / requests, 0)',
        { requests: metrics.of(METRICS.requests), exhausted: metrics.of(METRICS.exhausted) },
        'Exhausted requests, percent',
      ),
    symptom: 'Requests find no host that can serve them: clients get the error of the first host.',
    causes:
      'all hosts down at once, a shared quota or network path, a bad deployment (which CodeDeploy takes back by itself).',
    namesStatusPages: true,
    check: (router) => `${tail(router, '{ $.outcome = "exhausted" }')} (its "trace" says what each host answered)`,
  },
  errorRate: {
    id: 'ErrorRate',
    heading: 'Error rate',
    severity: PAGE,
    meansDown: true,
    threshold: 5,
    period: FIVE_MINUTES,
    metric: (metrics) =>
      metrics.math(
        'IF(requests >= 20, 100 * (exhausted + died) / requests, 0)',
        {
          requests: metrics.of(METRICS.requests),
          exhausted: metrics.of(METRICS.exhausted),
          died: metrics.of(METRICS.streamDied),
        },
        'Failed requests, percent',
      ),
    symptom:
      '{threshold} % or more of the requests fail: no host could serve them, or their stream ended in the middle.',
    causes: 'several hosts degraded, a host that breaks streams, fallbacks without quota.',
    check: (router) => tail(router, '{ $.message = "request" && $.outcome != "answered" }'),
  },
  primaryUnavailable: {
    id: 'PrimaryUnavailable',
    heading: 'Primary unavailable',
    severity: NOTICE,
    // Of a host that fails six of ten requests, retries still get two thirds: that is an outage too.
    threshold: 0.25,
    period: Duration.minutes(1),
    // A minute without requests is none of them, so that one slip at night is no outage.
    periods: 5,
    metric: (metrics) =>
      metrics.of(METRICS.failovers, { statistic: 'Average', label: 'Share of requests that failed over' }),
    symptom:
      'Another host than the first has answered a quarter of the requests or more for 5 minutes. Clients are served.',
    causes: 'an outage or overload at the first host, its quota, its key, a drain that somebody set.',
    namesStatusPages: true,
    check: (router) => `curl -s <Url>/health, then ${tail(router, '{ $.message = "attempt" && $.outcome != "ok" }')}`,
  },
  slowFirstContent: {
    id: 'SlowFirstContent',
    heading: 'Slow first content',
    severity: PAGE,
    threshold: 5000,
    period: FIVE_MINUTES,
    metric: (metrics) =>
      metrics.math(
        'IF(streams >= 10, typical, 0)',
        {
          streams: metrics.of(METRICS.timeToFirstContent, { statistic: 'SampleCount' }),
          typical: metrics.of(METRICS.timeToFirstContent),
        },
        'Time to first content, median, ms',
      ),
    symptom: 'Whichever host serves: half of the streams need {threshold} ms or more for their first content.',
    causes:
      'overload at the host that serves, very long prompts without a cache, a model that thinks long, a slow network path.',
    check: (router) => `${tail(router, '{ $.firstContentMs > 5000 }')} (is it one host or all, one model or all?)`,
  },
  streamsDying: {
    id: 'StreamsDying',
    heading: 'Streams dying',
    severity: NOTICE,
    threshold: 0.01,
    period: FIVE_MINUTES,
    // In two windows that do not touch: one broken stream is an accident.
    periods: 2,
    metric: (metrics) => metrics.of(METRICS.streamDied, { statistic: 'Average', label: 'Share of streams that died' }),
    symptom: 'Hosts break streams after their first content, where no other host can take over, for 10 minutes now.',
    causes: 'overload at the host, a network path that closes idle connections, a timeout below the length of answers.',
    check: (router) => tail(router, '{ $.outcome = "died" }'),
  },
  credential: {
    id: 'Credential',
    heading: 'Credential failing',
    severity: NOTICE,
    threshold: 1,
    period: FIVE_MINUTES,
    metric: (metrics) => metrics.of(METRICS.credentialFailures),
    symptom:
      'A host has no usable credential and is skipped: its key is still a placeholder or was refused, or a token could not be had.',
    causes: 'a key that was revoked, has expired or was never put there; a role or federation that changed.',
    check: (router) => `${tail(router, '{ $.outcome = "credential" }')} (names the host and says what to do)`,
  },
  billing: {
    id: 'Billing',
    heading: 'Billing or spend limit',
    severity: NOTICE,
    threshold: 1,
    period: FIVE_MINUTES,
    metric: (metrics) => metrics.of(METRICS.billingFailures),
    symptom:
      'A host refuses requests for money: an unpaid bill, an empty account or a spend limit. It is skipped meanwhile.',
    causes: 'credit used up, a monthly limit reached, a payment that failed, a daily token quota.',
    check: (router) => tail(router, '{ $.outcome = "billing" || $.outcome = "quota" }'),
  },
  otherModels: {
    id: 'OtherModels',
    heading: 'Answers of another model',
    severity: NOTICE,
    threshold: 1,
    period: FIVE_MINUTES,
    metric: (metrics) => metrics.of(METRICS.lastResortAnswers),
    symptom: 'Clients were answered by another model than the one they asked for, as they had agreed to.',
    causes:
      'every host of the chain down, cooling or drained, or a cloud that refused what another model then answered.',
    namesStatusPages: true,
    check: (router) => `${tail(router, '{ $.answeredBy = * }')} (its "trace" says why no host of the chain answered)`,
  },
  cacheHitRate: {
    id: 'CacheHitRate',
    heading: 'Cache hit rate',
    severity: NOTICE,
    threshold: 20,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    period: Duration.hours(1),
    periods: 3,
    metric: (metrics) =>
      metrics.math(
        'IF(cached >= 20, rate, 100)',
        {
          cached: metrics.of(METRICS.cacheHitRate, { statistic: 'SampleCount' }),
          rate: metrics.of(METRICS.cacheHitRate),
        },
        'Tokens read from the cache, percent',
      ),
    symptom:
      'Prompt caches are written and hardly read: for 3 hours less than {threshold} % of the prompts came from one.',
    causes:
      'something new at the beginning of each prompt, conversations that change hosts, caches that expire between requests.',
    check: (router) => tail(router, '{ $.cacheHitRate < 20 }'),
  },
  responseCacheHits: {
    id: 'ResponseCacheHits',
    heading: 'Response cache',
    severity: NOTICE,
    threshold: 20,
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    period: Duration.hours(1),
    periods: 3,
    metric: (metrics) =>
      metrics.math(
        'IF(looks >= 20, 100 * hits / looks, 100)',
        {
          looks: metrics.of(METRICS.responseCacheHits, { statistic: 'SampleCount' }),
          hits: metrics.of(METRICS.responseCacheHits),
        },
        'Answers from the response cache, percent',
      ),
    symptom:
      'Answers are kept and hardly given again: for 3 hours less than {threshold} % came from the response cache.',
    causes: 'something new in each request, answers that cannot be kept, a table that cannot be used, a new epoch.',
    check: (router) => tail(router, '{ $.cache = "miss" }'),
  },
  dailySpend: {
    id: 'DailySpend',
    heading: 'Daily spend',
    severity: NOTICE,
    threshold: 2,
    period: Duration.hours(1),
    metric: (metrics) => metrics.of(SPEND_METRICS.ratio),
    symptom:
      'The tokens of the last 24 hours cost {threshold} times the average day of the week before, at list prices, or more.',
    causes: 'a new or runaway client, longer prompts, a lost prompt cache, a dearer model or host.',
    check: ({ logGroupName }) =>
      `Logs Insights on ${logGroupName}: filter message="request" | stats sum(costUsd) by client, model, host`,
  },
  monthlySpend: {
    id: 'MonthlySpend',
    heading: 'Monthly spend',
    severity: NOTICE,
    // Nobody else knows how much is too much: there is no such alarm without a threshold.
    threshold: Infinity,
    period: Duration.hours(1),
    metric: (metrics) => metrics.of(SPEND_METRICS.month),
    symptom: 'The tokens of this calendar month (UTC) have cost {threshold} USD at list prices, or more.',
    causes: 'more clients or longer prompts than the sum was meant for, a runaway client, a dearer model or host.',
    check: () => 'claude-failover spend report --by team',
  },
  keyAge: {
    id: 'KeyAge',
    heading: 'Key too old',
    severity: NOTICE,
    threshold: 1,
    period: Duration.days(1),
    metric: (metrics) => metrics.of(KEY_METRICS.overdue),
    symptom: 'A key of a host is older than it should become: 90 days, if nothing else was said.',
    causes: 'nobody rotated it. The daily mail to the notice topic names it.',
    check: () => 'aws secretsmanager put-secret-value --secret-id <name in the mail> --secret-string file://key.txt',
  },
} as const satisfies Record<string, AlarmDefinition>;
