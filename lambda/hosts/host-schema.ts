import * as v from 'valibot';
import { FORMS, LIMITS, type HostConfig, type HostKind } from '../../lib/contract';
import { http, list, millis, object, pattern, share, text, wholeNumber } from '../schema/schema-parts';

/** What the configuration's schema has to know of one kind of host. */
export interface HostSchema<Config extends HostConfig> {
  readonly config: v.GenericSchema<unknown, Config>;
  /** What is wrong although every value by itself is right: the field, and what to do. */
  problem?(config: Config): readonly [field: keyof Config & string, problem: string] | undefined;
}

/** What is wrong with a host, by the schema of its kind. */
export function problemOf<Config extends HostConfig>(
  schemas: Readonly<Partial<Record<HostKind, object>>>,
  config: Config,
): readonly [field: string, problem: string] | undefined {
  return (schemas[config.kind] as HostSchema<Config> | undefined)?.problem?.(config);
}

export const hostName = pattern(...FORMS.hostName);
export const region = pattern(...FORMS.awsRegion);

export const timers = {
  headersMs: v.optional(millis(...LIMITS.timeoutMs, 'connect, send and receive the response headers')),
  firstContentMs: v.optional(millis(...LIMITS.timeoutMs, "until the first content event, from the attempt's start")),
  idleMs: v.optional(millis(...LIMITS.timeoutMs, 'longest silence between bytes of an answer')),
};

/** What every kind of host has. */
export const hostEntries = {
  name: hostName,
  endpoint: v.optional(http("base URL instead of the host's public one")),
  models: v.optional(
    v.record(
      v.string(),
      text('id of the model on this host'),
      'must be an object from model id to the id on this host',
    ),
  ),
  timeouts: v.optional(object('timers of this host', timers)),
  retry: v.optional(
    object('retries on this host', {
      quickRetries: v.optional(
        wholeNumber(...LIMITS.quickRetries, 'quick retries for 5xx and connection failures; default 1'),
      ),
      quickRetryMaxMs: v.optional(millis(...LIMITS.retryWaitMs, 'longest wait before a quick retry; default 500')),
      rateLimitWaitMaxMs: v.optional(
        millis(...LIMITS.retryWaitMs, 'longest retry-after of a 429 that is waited for; default 2000'),
      ),
    }),
  ),
  breaker: v.optional(
    object('when this host is skipped, and how it comes back', {
      consecutiveFailures: v.optional(
        wholeNumber(...LIMITS.consecutiveFailures, 'failures in a row that open the breaker; default 3'),
      ),
      errorRate: v.optional(share('share of failures in the window that opens the breaker; default 0.1')),
      windowMs: v.optional(millis(...LIMITS.breakerMs, 'length of the window; default 60000')),
      minRequests: v.optional(wholeNumber(...LIMITS.minRequests, 'fewest requests before the rate counts; default 20')),
      openMs: v.optional(millis(...LIMITS.breakerMs, 'wait before the first probe; default 10000')),
      rampStageMs: v.optional(millis(...LIMITS.breakerMs, 'length of each ramp stage; default 20000')),
    }),
  ),
};

const KEY_HELP = 'keys stand in the environment or Secrets Manager: use {"env": "NAME"} or {"secretArn": "..."}';

/** Where one is kept. */
export const key = v.union(
  [
    object('a key in an environment variable', {
      env: pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
    }),
    object('a key in Secrets Manager', {
      secretArn: pattern(/^arn:aws[a-z-]*:secretsmanager:/, 'the ARN of a Secrets Manager secret'),
      field: v.optional(text('field of a JSON secret; without it the whole secret string is the key')),
    }),
  ],
  KEY_HELP,
);

/** Where a host finds its keys. */
export const keys = list(key, KEY_HELP);
