import { Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { type AlarmOptions, AlarmSeverity } from '../../../lib/monitoring/alarms/alarm-options';
import type { AlarmTuning } from '../../../lib/monitoring/alarms/alarm-tuning';
import { METRICS_NAMESPACE, SPEND_OF_MONTH } from '../../../lib/contract';
import type { FailoverAlarmsProps } from '../../../lib/monitoring/alarms/failover-alarms';
import { AuditTrail } from '../../../lib/governance/audit/audit-trail';
import { AuditFailure } from '../../../lib/governance/audit/audit-trail-props';
import { Host } from '../../../lib/hosts/host';
import { functionNamed } from '../router/router-stack';
import { alarmsIn, EVERYTHING, WATCHED } from './alarm-stack';

const PAGE = { Ref: expect.stringMatching(/^Page/) };
const NOTICE = { Ref: expect.stringMatching(/^Notice/) };
const complete = alarmsIn();

/** Prop, end of the name, threshold, and whom it tells: nobody where the one page of the whole does. */
const ALARMS: readonly (readonly [keyof AlarmTuning, string, number, 'page' | 'part' | 'notice'])[] = [
  ['exhausted', 'Exhausted', 5, 'part'],
  ['errorRate', 'ErrorRate', 5, 'part'],
  ['primaryUnavailable', 'PrimaryUnavailable', 0.25, 'notice'],
  ['slowFirstContent', 'SlowFirstContent', 5000, 'page'],
  ['streamsDying', 'StreamsDying', 0.01, 'notice'],
  ['credential', 'Credential', 1, 'notice'],
  ['billing', 'Billing', 1, 'notice'],
  ['routerErrors', 'Errors', 2, 'part'],
  ['routerThrottles', 'Throttles', 10, 'part'],
  ['routerDuration', 'Duration', 95, 'notice'],
  ['dailySpend', 'DailySpend', 2, 'notice'],
  ['monthlySpend', 'MonthlySpend', 5000, 'notice'],
  ['otherModels', 'OtherModels', 1, 'notice'],
  ['cacheHitRate', 'CacheHitRate', 20, 'notice'],
  ['responseCacheHits', 'ResponseCacheHits', 20, 'notice'],
  ['requestsLost', 'RequestsLost', 1, 'page'],
  ['auditWaiting', 'AuditWaiting', 2, 'notice'],
  ['auditLost', 'AuditLost', 1, 'notice'],
  ['batchUnanswered', 'BatchUnanswered', 1, 'notice'],
  ['batchWorkerErrors', 'BatchWorkerErrors', 3, 'notice'],
  ['batchCanary', 'BatchCanary', 1, 'notice'],
  ['keyAge', 'KeyAge', 1, 'notice'],
  ['fallbackBroken', 'FallbackBroken/bedrock', 1, 'notice'],
  ['endpointBroken', 'EndpointBroken', 1, 'part'],
  ['outsideBroken', 'OutsideBroken', 100, 'page'],
  ['canarySilent', 'CanarySilent', 1, 'page'],
  ['otherRegion', 'OtherRegion', 1, 'page'],
  ['quotaHeadroom', 'QuotaHeadroom', 100, 'notice'],
  ['drainedHost', 'DrainedHost', 24, 'notice'],
];

it('there is no alarm but those of the table', () => {
  expect(complete.names).toEqual(ALARMS.map(([, name]) => name).sort());
});

describe('each alarm', () => {
  const EACH = ALARMS.map(([prop, name, , tells], index) => ({ prop, name, tells, own: 1000 + index }));
  const all = (options: (own: number) => AlarmOptions): Partial<FailoverAlarmsProps> => ({
    ...EVERYTHING,
    // The one whose threshold nobody else knows.
    ...Object.fromEntries(
      EACH.map(({ prop, own }) => [prop, { ...(prop === 'monthlySpend' && { threshold: 1 }), ...options(own) }]),
    ),
  });
  const tuned = alarmsIn(
    all((threshold) => ({ threshold })),
    WATCHED,
  );
  const noticed = alarmsIn(
    all(() => ({ severity: AlarmSeverity.NOTICE })),
    WATCHED,
  );
  const paged = alarmsIn({ ...all(() => ({ severity: AlarmSeverity.PAGE })), serviceDown: false }, WATCHED);

  it.each(ALARMS)(
    '%s: %s goes off at %d, and tells whom it concerns, also when it is over',
    (_, name, threshold, tells) => {
      const actions = { page: [PAGE], part: undefined, notice: [NOTICE] }[tells];
      expect(complete.named(name)).toMatchObject({ Threshold: threshold });
      expect(complete.named(name)?.AlarmActions).toEqual(actions);
      expect(complete.named(name)?.OKActions).toEqual(actions);
    },
  );

  it.each(EACH)('$prop can be tuned, and made a page or a notice', ({ name, own }) => {
    expect(tuned.named(name)?.['Threshold']).toBe(own);
    expect(noticed.named(name)?.AlarmActions).toEqual([NOTICE]);
    expect(paged.named(name)?.AlarmActions).toEqual([PAGE]);
  });

  it('can be switched off, and then nothing is left of them', () => {
    const off = alarmsIn(
      all(() => ({ enabled: false })),
      WATCHED,
    );
    expect([off.names, off.composites]).toEqual([[], []]);
    off.template.resourceCountIs('AWS::Events::Rule', 0);
  });
});

it('a trail without which nobody is served pages when it cannot be written, for clients are refused', () => {
  const closed = (stack: Stack) => ({ audit: new AuditTrail(stack, 'Audit', { failure: AuditFailure.CLOSED }) });
  const { named } = alarmsIn({}, closed);
  expect(named('AuditWaiting')?.AlarmActions).toEqual([PAGE]);
  expect(JSON.stringify(named('AuditWaiting')?.AlarmDescription)).toContain('clients are refused with 529');
  expect(named('AuditLost')?.AlarmActions).toEqual([NOTICE]);
});

it('without a trail nothing watches one', () => {
  expect(alarmsIn({}).names.filter((name) => name.startsWith('Audit'))).toEqual([]);
});

it('there is no alarm of the month, nor its metric, until somebody says from how many USD on', () => {
  const { monthlySpend: _, ...rest } = EVERYTHING;
  const without = alarmsIn(rest);
  expect(without.names).not.toContain('MonthlySpend');
  expect(functionNamed(without.template, 'AlarmsSpendWatch').Environment.Variables).not.toHaveProperty(SPEND_OF_MONTH);
  expect(functionNamed(complete.template, 'AlarmsSpendWatch').Environment.Variables[SPEND_OF_MONTH]).toBe('true');
  expect(() => alarmsIn({ ...rest, monthlySpend: {} })).toThrow(
    /'monthlySpend' has no 'threshold'.*\n.*"Stack\/Alarms"/,
  );
});

it('the alarm of the month needs no alarm of the day', () => {
  const { names, template } = alarmsIn({ ...EVERYTHING, dailySpend: { enabled: false } });
  expect(names).toContain('MonthlySpend');
  expect(functionNamed(template, 'AlarmsSpendWatch').Environment.Variables[SPEND_OF_MONTH]).toBe('true');
});

it.each([0, -1, Number.NaN])('a threshold of %d is refused, with the way to be without the alarm', (threshold) => {
  expect(() => alarmsIn({ billing: { threshold } })).toThrow(
    new RegExp(`'billing.threshold' must be above 0, got ${threshold}; .*'enabled: false'\n.*"Stack/Alarms"`),
  );
});

describe('one page', () => {
  it('stands for everything that leaves clients without answers', () => {
    const { composites } = complete;
    expect(composites).toHaveLength(1);
    const [down] = composites;
    expect(down).toMatchObject({ AlarmName: 'Stack/Alarms/ServiceDown', AlarmActions: [PAGE], OKActions: [PAGE] });
    const rule = JSON.stringify(down?.['AlarmRule']);
    for (const part of ['Exhausted', 'ErrorRate', 'Errors', 'Throttles', 'EndpointBroken']) {
      expect(rule).toContain(`Alarms${part}`);
    }
    expect(rule.match(/ALARM\(/g)).toHaveLength(5);
  });

  it('leaves each part its own where it is not wanted', () => {
    const { composites, named, construct } = alarmsIn({ serviceDown: false });
    expect(composites).toEqual([]);
    expect(construct.serviceDown).toBeUndefined();
    expect(named('Exhausted')?.AlarmActions).toEqual([PAGE]);
  });

  it('is not made of nothing', () => {
    const off = { enabled: false };
    expect(alarmsIn({ exhausted: off, errorRate: off, routerErrors: off, routerThrottles: off }).composites).toEqual(
      [],
    );
  });
});

describe('silence', () => {
  it('is a fault of the canaries alone: a stack that nobody calls is quiet', () => {
    const missing = complete.all.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(missing.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      ['Stack/Alarms/BatchCanary', 'breaching'],
      ['Stack/Alarms/CanarySilent', 'breaching'],
      ['Stack/Alarms/OutsideBroken', 'breaching'],
    ]);
    expect(complete.named('CanarySilent')).toMatchObject({ Period: 60, EvaluationPeriods: 5 });
    expect(complete.named('OutsideBroken')).toMatchObject({ Period: 300, EvaluationPeriods: 2 });
  });

  it('of a canary whose rounds are rarer takes two of them', () => {
    const { named } = alarmsIn({ canary: { interval: Duration.minutes(10) } });
    expect(named('CanarySilent')).toMatchObject({ Period: 60, EvaluationPeriods: 21 });
  });

  it('and little traffic are no rate: each that pages needs requests, or counts', () => {
    for (const [name, guard] of [
      ['Exhausted', 'requests >= 5'],
      ['ErrorRate', 'requests >= 20'],
      ['SlowFirstContent', 'streams >= 10'],
    ] as const) {
      const expression = complete.named(name)?.Metrics?.find((metric) => 'Expression' in metric)?.['Expression'];
      expect(expression).toMatch(new RegExp(`^IF\\(${guard}, .*, 0\\)$`));
    }
  });
});

describe('the canary', () => {
  it('has no alarm where there is none', () => {
    expect(alarmsIn({}).names.filter((name) => /Canary|Fallback|Endpoint|Quota|Drained/.test(name))).toEqual([]);
  });

  const chain = [
    Host.bedrock({ name: 'first' }),
    Host.bedrock({ name: 'second', region: 'us-west-2' }),
    Host.bedrock({ name: 'third', region: 'eu-west-1' }),
  ];

  it('has one for each fallback, by name, and one for the smallest quota', () => {
    const { names, named } = alarmsIn({ canary: { quotaHosts: ['second', 'third'] } }, { chain });
    expect(names.filter((name) => name.startsWith('Fallback'))).toEqual([
      'FallbackBroken/second',
      'FallbackBroken/third',
    ]);
    expect(named('FallbackBroken/third')).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'HostCanaryFailures',
      Dimensions: expect.arrayContaining([{ Name: 'Host', Value: 'third' }]),
    });
    expect(JSON.stringify(named('FallbackBroken/third')?.AlarmDescription)).toContain('Host third fails');
    const metrics = named('QuotaHeadroom')?.Metrics ?? [];
    expect(metrics.filter((metric) => 'MetricStat' in metric)).toHaveLength(2);
    expect(metrics).toContainEqual(expect.objectContaining({ Expression: 'MIN(METRICS())' }));
  });

  it('has none for fallbacks where there is only one host, and none for quotas that nobody knows', () => {
    const { names } = alarmsIn({ canary: {} }, { chain: chain.slice(0, 1) });
    expect(names.filter((name) => /Fallback|Quota/.test(name))).toEqual([]);
  });

  it('keeps a finding until the same check comes again, however rare its rounds are', () => {
    const { named } = alarmsIn({ canary: { interval: Duration.minutes(10), endpointCheck: true } }, { chain });
    expect(named('FallbackBroken/second')).toMatchObject({ Period: 3000 });
    expect(named('EndpointBroken')).toMatchObject({ Period: 3000 });
    expect(alarmsIn({ canary: {} }, { chain }).named('FallbackBroken/second')).toMatchObject({ Period: 900 });
  });

  it('has one for the endpoint only where the endpoint is asked', () => {
    expect(alarmsIn({ canary: {} }).named('EndpointBroken')).toBeUndefined();
    expect(complete.named('EndpointBroken')).toMatchObject({ Period: 300 });
  });

  it('looks at ten quotas at most, which is all that an alarm can', () => {
    const quotaHosts = Array.from({ length: 12 }, (_, index) => `host-${index}`);
    const metrics = alarmsIn({ canary: { quotaHosts } }).named('QuotaHeadroom')?.Metrics ?? [];
    expect(metrics.filter((metric) => 'MetricStat' in metric)).toHaveLength(10);
  });
});

describe('without a canary', () => {
  const router = alarmsIn({});

  it('the first attempt without a usable credential gives notice: a placeholder never makes a request', () => {
    expect(router.named('Credential')).toMatchObject({
      MetricName: 'CredentialFailures',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it('two crashes of the router page', () => {
    expect(router.named('Errors')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^RouterFunction/) } }],
      Threshold: 2,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it('too many of enough requests that find no host page', () => {
    expect(router.named('Exhausted')).toMatchObject({
      Threshold: 5,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Expression: 'IF(requests >= 5, 100 * exhausted / requests, 0)' }),
        expect.objectContaining({
          Id: 'exhausted',
          MetricStat: { Metric: expect.objectContaining({ MetricName: 'Exhausted' }), Period: 300, Stat: 'Sum' },
        }),
      ]),
    });
  });

  it('a request near the timeout is told by its share of the timeout', () => {
    const short = alarmsIn({}, { timeout: Duration.minutes(1) });
    expect(short.named('Duration')?.Metrics).toContainEqual(
      expect.objectContaining({ Expression: '100 * longest / 60000' }),
    );
  });
});

describe('the spend', () => {
  it('is looked at once an hour by a function that may read metrics and nothing else', () => {
    const { template } = complete;
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'cloudwatch:GetMetricData', Resource: '*' })]),
      },
    });
  });
});
