import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricFacts, METRICS_NAMESPACE, type MetricName } from '../../../lib/contract';
import { createTelemetry } from '../../../lambda/gateway/telemetry/create-telemetry';
import { publishMetric } from '../../../lambda/gateway/telemetry/publish-metric';
import type { Telemetry } from '../../../lambda/gateway/telemetry/telemetry';
import { captureLines } from '../../captured-lines';
import { attempt, request } from './records';

const SERVICE = 'Stack-"Router"';
const NOW = Date.UTC(2026, 10, 28, 9, 30);
const CLOCK = { now: () => NOW, timer: () => ({ cancel: () => {} }) };
const written = captureLines();
const taken = (): unknown[] => written().map((line) => JSON.parse(line) as unknown);

beforeEach(() => void jest.useFakeTimers({ now: NOW }));
afterEach(() => void jest.useRealTimers());

const telemetry = (config = {}, env = {}): Telemetry =>
  createTelemetry(config, { POWERTOOLS_SERVICE_NAME: SERVICE, ...env }, CLOCK, false);

describe('writes what Powertools would', () => {
  const powertools = () => new Logger({ serviceName: SERVICE, logLevel: 'INFO' });
  const failed = attempt({ outcome: 'server-error', status: 500, row: 3, detail: 'anthropic api_error' });
  const gone = request({ outcome: 'client-gone', client: undefined, usage: undefined });

  it.each<[string, (own: Telemetry) => void, (log: Logger) => void]>([
    ['a request', (own) => own.request(request()), (log) => log.info('request', { ...request() })],
    ['a request that was given up', (own) => own.request(gone), (log) => log.warn('request', { ...gone })],
    ['a failure', (own) => own.observer.attempt(failed), (log) => log.warn('attempt', { ...failed })],
    ['a lesson', (own) => own.observer.adapted('h', 'm'), (log) => log.warn('adapted', { host: 'h', model: 'm' })],
    ['a lonely router', (own) => own.alone('why'), (log) => log.warn('health table', { problem: 'why' })],
  ])('of %s', (_, write, expected) => {
    write(telemetry({ metrics: false }));
    const [own] = taken();
    expected(powertools());
    expect(written()).toHaveLength(2);
    expect(own).toEqual(taken()[1]);
  });

  it('of an invocation that is traced', () => {
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-6740-abc;Parent=53995c3f42cd8ad8;Sampled=1';
    telemetry({ metrics: false }, process.env).request(request());
    powertools().info('request', { ...request() });
    delete process.env['_X_AMZN_TRACE_ID'];
    expect(taken()[0]).toMatchObject({ xray_trace_id: '1-6740-abc' });
    expect(taken()[0]).toEqual({ ...(taken()[1] as object), service: expect.any(String) });
  });

  it('of metrics, with and without a dimension more and what is only to be read', () => {
    const expected = (
      values: Partial<Record<MetricName, number>>,
      dimensions = {},
      properties: Record<string, string> = {},
    ): void => {
      const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: SERVICE });
      metrics.addDimensions(dimensions);
      for (const [name, value] of Object.entries(values)) {
        metrics.addMetric(name, metricFacts(name as MetricName).unit, value);
      }
      for (const [name, text] of Object.entries(properties)) metrics.addMetadata(name, text);
      metrics.publishStoredMetrics();
    };
    const own = telemetry({ logs: false });
    own.observer.attempt(attempt({ outcome: 'billing' }));
    own.request(request({ cacheHitRate: undefined, isFailover: true }));
    publishMetric({ POWERTOOLS_SERVICE_NAME: SERVICE }, 'HostCanaryFailures', 1, {
      dimensions: { Host: 'second' },
      properties: { model: 'm', finding: 'ok' },
    });
    const count = written().length;
    expected({ HostFailures: 1 }, { Host: 'first' });
    expected({ BillingFailures: 1 });
    expected({
      ...{ Requests: 1, Failovers: 1, Exhausted: 0, StreamDied: 0, Duration: 4200, Cost: 0.0123, Tokens: 313 },
      TimeToFirstContent: 700,
    });
    expected({ HostTimeToFirstContent: 700 }, { Host: 'first' });
    expected({ HostCanaryFailures: 1 }, { Host: 'second' }, { model: 'm', finding: 'ok' });
    expect(taken().slice(0, count)).toEqual(taken().slice(count));
  });
});

it('writes each line at once and whole', () => {
  telemetry().request(request());
  const calls = jest.mocked(process.stdout.write).mock.calls.map(([text]) => String(text));
  expect(calls).toHaveLength(3);
  for (const text of calls) expect(text).toMatch(/^\{.*\}\n$/);
});

it('writes the lines of one turn together where one process serves many, and the last ones before it ends', async () => {
  jest.useRealTimers();
  const own = createTelemetry({ metrics: false }, {}, CLOCK, true);
  own.request(request({ requestId: 'gw_1' }));
  own.request(request({ requestId: 'gw_2' }));
  await new Promise(setImmediate);
  own.request(request({ requestId: 'gw_3' }));
  own.close();
  expect(taken().map((line) => (line as { requestId: string }).requestId)).toEqual(['gw_1', 'gw_2', 'gw_3']);
  expect(process.stdout.write).toHaveBeenCalledTimes(2);
});

it('has no line for an attempt of which its request tells everything', () => {
  const own = telemetry({ metrics: false });
  own.observer.attempt(attempt());
  expect(written()).toEqual([]);
  own.observer.attempt(attempt({ attempt: 2 }));
  expect(taken()).toMatchObject([{ message: 'attempt', attempt: 2, outcome: 'ok' }]);
});

it('tells of a fault of its own even where logs are off, without its words', () => {
  telemetry({ logs: false, metrics: false }).fault('gw_1', new TypeError('a prompt'));
  expect(taken()).toMatchObject([{ level: 'CRITICAL', message: 'fault', fault: 'TypeError', requestId: 'gw_1' }]);
  expect(written().join()).not.toContain('a prompt');
});

it.each([
  ['another model', 'gpt-5.2', 1],
  ['the model that was asked for', undefined, undefined],
])('counts answers of another model: %s', (_, answeredBy, counted) => {
  telemetry({ logs: false }).request(request({ answeredBy }));
  expect((taken()[0] as Record<string, unknown>)['LastResortAnswers']).toBe(counted);
});

describe('of a sample of successes', () => {
  const DRAWN = [0.05, 0.5, 0.9, 0.09];
  const sampled = (over: Partial<Parameters<typeof request>[0]>): unknown[] => {
    let drawn = 0;
    const random = (): number => DRAWN[drawn++ % DRAWN.length]!;
    const own = createTelemetry({ metrics: false, successes: 0.1 }, {}, CLOCK, false, random);
    for (let count = 0; count < DRAWN.length; count += 1) own.request(request(over));
    return taken();
  };

  it('writes only that share, and on each line what share it is', () => {
    expect(sampled({})).toEqual([
      expect.objectContaining({ message: 'request', sampled: 0.1 }),
      expect.objectContaining({ message: 'request', sampled: 0.1 }),
    ]);
  });

  it.each([
    ['failed', { outcome: 'exhausted' }],
    ['needed a second attempt', { attempts: 2 }],
    ['was answered by a fallback', { isFailover: true }],
    ['was answered by another model', { answeredBy: 'gpt-5.2' }],
    ['lost a part', { dropped: ['cache_control'] }],
  ] as const)('writes every line of what %s', (_, over) => {
    const lines = sampled(over);
    expect(lines).toHaveLength(DRAWN.length);
    expect(lines.join()).not.toContain('sampled');
  });
});
