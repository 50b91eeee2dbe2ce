import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FORMS, type HostConfig, LIMITS } from '../contract';
import type { HostOptions, HostSettings } from './host-options';
import { ValidationError } from '../validation-error';

/** The part of the configuration that every kind of host has. */
export function hostBase(
  scope: Construct,
  name: string,
  options: HostSettings & Pick<HostOptions, 'endpoint' | 'modelIds'>,
) {
  if (!FORMS.hostName[0].test(name)) {
    throw new ValidationError(
      scope,
      `a host's name must be up to 63 lower case letters, digits and dashes, got '${name}'; set 'name'`,
    );
  }
  const { timeouts, retry, breaker } = options;
  const { whole, millis } = numbers(scope, name);
  return {
    name,
    endpoint: checkUrl(scope, name, 'endpoint', options.endpoint),
    models: options.modelIds,
    timeouts: timeouts && {
      headersMs: millis('timeouts.headers', timeouts.headers, ...LIMITS.timeoutMs),
      firstContentMs: millis('timeouts.firstContent', timeouts.firstContent, ...LIMITS.timeoutMs),
      idleMs: millis('timeouts.idle', timeouts.idle, ...LIMITS.timeoutMs),
    },
    retry: retry && {
      quickRetries: whole('retry.quickRetries', retry.quickRetries, ...LIMITS.quickRetries),
      quickRetryMaxMs: millis('retry.quickRetryMaxWait', retry.quickRetryMaxWait, ...LIMITS.retryWaitMs),
      rateLimitWaitMaxMs: millis('retry.rateLimitMaxWait', retry.rateLimitMaxWait, ...LIMITS.retryWaitMs),
    },
    breaker: breaker && {
      consecutiveFailures: whole(
        'breaker.consecutiveFailures',
        breaker.consecutiveFailures,
        ...LIMITS.consecutiveFailures,
      ),
      errorRate: share(scope, name, breaker.errorRate),
      windowMs: millis('breaker.window', breaker.window, ...LIMITS.breakerMs),
      minRequests: whole('breaker.minRequests', breaker.minRequests, ...LIMITS.minRequests),
      openMs: millis('breaker.open', breaker.open, ...LIMITS.breakerMs),
      rampStageMs: millis('breaker.rampStage', breaker.rampStage, ...LIMITS.breakerMs),
    },
  } satisfies Partial<HostConfig>;
}

function numbers(scope: Construct, host: string) {
  const whole = (prop: string, value: number | undefined, min: number, max: number, unit = ''): number | undefined => {
    if (value === undefined || Token.isUnresolved(value)) return value;
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    const range = `a whole number from ${min} to ${max}${unit}`;
    throw new ValidationError(scope, `host '${host}': '${prop}' must be ${range}, got ${value}${unit}`);
  };
  const millis = (prop: string, value: Duration | undefined, min: number, max: number): number | undefined =>
    whole(prop, value?.toMilliseconds(), min, max, ' milliseconds');
  return { whole, millis };
}

function share(scope: Construct, host: string, value: number | undefined): number | undefined {
  if (value === undefined || Token.isUnresolved(value) || (value > 0 && value <= 1)) return value;
  const range = 'above 0 and up to 1, such as 0.1 for 10 %';
  throw new ValidationError(scope, `host '${host}': 'breaker.errorRate' must be ${range}, got ${value}`);
}

export function checkUrl<Url extends string | undefined>(scope: Construct, host: string, prop: string, url: Url): Url {
  if (url === undefined || Token.isUnresolved(url)) return url;
  const { protocol, username, password }: Partial<URL> = URL.canParse(url) ? new URL(url) : {};
  if ((protocol === 'https:' || protocol === 'http:') && username === '' && password === '') return url;
  // Not quoted: what stands there may hold a password.
  throw new ValidationError(
    scope,
    `host '${host}': '${prop}' must be an http or https URL without credentials, such as https://proxy.example.com`,
  );
}

/** Checks a text against its form; what is unknown at synth passes. */
export function checkForm(
  scope: Construct,
  host: string,
  prop: string,
  value: string,
  form: RegExp,
  right: string,
): void {
  if (Token.isUnresolved(value) || form.test(value)) return;
  throw new ValidationError(scope, `host '${host}': '${prop}' must be ${right}, got '${value}'`);
}
