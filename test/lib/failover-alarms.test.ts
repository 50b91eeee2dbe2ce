import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmSeverity } from '../../lib/alarm-options';
import type { AlarmTuning } from '../../lib/alarm-tuning';
import { METRICS_NAMESPACE } from '../../lib/contract';
import { FailoverAlarms, type FailoverAlarmsProps } from '../../lib/failover-alarms';
import type { FailoverRouterProps } from '../../lib/failover-router';
import { Host } from '../../lib/host';
import { anchorOf } from '../../lib/private/make-alarm';
import { newStack, routerIn } from './router-stack';

const ROOT = join(__dirname, '../..');

interface AlarmJson {
  readonly AlarmName: string;
  readonly AlarmDescription: unknown;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly Metrics?: readonly Record<string, unknown>[];
  readonly MetricName?: string;
  readonly [property: string]: unknown;
}

const PAGE = { Ref: expect.stringMatching(/^Page/) };
const NOTICE = { Ref: expect.stringMatching(/^Notice/) };
const EVERYTHING: Partial<FailoverAlarmsProps> = { canary: true, keyReminder: true, cacheHitRate: {} };

function alarmsIn(props: Partial<FailoverAlarmsProps> = EVERYTHING, router: Partial<FailoverRouterProps> = {}) {
  const stack = newStack();
  const [pageTopic, noticeTopic] = [new sns.Topic(stack, 'Page'), new sns.Topic(stack, 'Notice')];
  const construct = new FailoverAlarms(stack, 'Alarms', {
    router: routerIn(stack, router),
    pageTopic,
    noticeTopic,
    ...props,
  });
  const template = Template.fromStack(stack);
  const all = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as AlarmJson,
  );
  const composites = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')).map(
    ({ Properties }) => Properties as AlarmJson,
  );
  return {
    stack,
    construct,
    template,
    all,
    composites,
    names: all.map(({ AlarmName }) => AlarmName.replace('Stack/Alarms/', '')).sort(),
    named: (name: string) => all.find(({ AlarmName }) => AlarmName === `Stack/Alarms/${name}`),
  };
}

/** What CloudFormation fills in takes the room of the longest name it can become. */
const text = (description: unknown): string =>
  typeof description === 'string'
    ? description
    : (description as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .map((part) => (typeof part === 'string' ? part : 'x'.repeat(110)))
        .join('');

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
  ['cacheHitRate', 'CacheHitRate', 20, 'notice'],
  ['keyAge', 'KeyAge', 1, 'notice'],
  ['fallbackBroken', 'FallbackBroken/bedrock', 1, 'notice'],
  ['endpointBroken', 'EndpointBroken', 1, 'part'],
  ['canarySilent', 'CanarySilent', 1, 'page'],
  ['quotaHeadroom', 'QuotaHeadroom', 100, 'notice'],
  ['drainedHost', 'DrainedHost', 24, 'notice'],
];

it('there is no alarm but those of the table', () => {
  expect(alarmsIn().names).toEqual(ALARMS.map(([, name]) => name).sort());
});

describe.each(ALARMS)('%s', (prop, name, threshold, tells) => {
  it('goes off at its threshold, and tells whom it concerns, also when it is over', () => {
    const actions = { page: [PAGE], part: undefined, notice: [NOTICE] }[tells];
    expect(alarmsIn().named(name)).toMatchObject({ Threshold: threshold });
    expect(alarmsIn().named(name)?.AlarmActions).toEqual(actions);
    expect(alarmsIn().named(name)?.OKActions).toEqual(actions);
  });

  it('can be tuned, made a page or a notice, and switched off', () => {
    expect(alarmsIn({ ...EVERYTHING, [prop]: { threshold: 77 } }).named(name)?.['Threshold']).toBe(77);
    const notice = alarmsIn({ ...EVERYTHING, [prop]: { severity: AlarmSeverity.NOTICE } });
    expect(notice.named(name)?.AlarmActions).toEqual([NOTICE]);
    const page = alarmsIn({ ...EVERYTHING, serviceDown: false, [prop]: { severity: AlarmSeverity.PAGE } });
    expect(page.named(name)?.AlarmActions).toEqual([PAGE]);
    expect(alarmsIn({ ...EVERYTHING, [prop]: { enabled: false } }).named(name)).toBeUndefined();
  });
});

it.each([0, -1, Number.NaN])('a threshold of %d is refused, with the way to be without the alarm', (threshold) => {
  expect(() => alarmsIn({ billing: { threshold } })).toThrow(
    new RegExp(`'billing.threshold' must be above 0, got ${threshold}; .*'enabled: false'\n.*"Stack/Alarms"`),
  );
});

describe('what an alarm says', () => {
  const { all, composites } = alarmsIn();
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

  it.each([...all, ...composites].map((alarm): [string, AlarmJson] => [alarm.AlarmName, alarm]))(
    '%s: symptom, causes, the first command, and its heading in the runbook, in the room there is',
    (_, { AlarmDescription }) => {
      const said = text(AlarmDescription);
      expect(said.length).toBeLessThanOrEqual(1024);
      expect(said).not.toContain('{threshold}');
      const [, address = '', anchor = ''] = /^First: .+\nRunbook: (\S+)#(\S+)$/m.exec(said) ?? [];
      expect(address).toMatch(/^https:.*\/docs\/runbook\.md$/);
      expect(headings).toContain(anchor);
    },
  );

  it('the runbook has a heading for each, and no other', () => {
    const anchors = [...all, ...composites].map(({ AlarmDescription }) => /#(\S+)$/.exec(text(AlarmDescription))?.[1]);
    expect([...new Set(anchors)].sort()).toEqual([...headings].sort());
  });

  it('the runbook is the one of the repository, or one’s own', () => {
    const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      repository: { url: string };
    };
    expect(text(alarmsIn().named('Billing')?.AlarmDescription)).toContain(
      `Runbook: ${repository.url.replace('.git', '')}/`,
    );
    const own = alarmsIn({ runbookUrl: 'https://wiki.example.com/claude' });
    expect(text(own.named('Billing')?.AlarmDescription)).toContain(
      'Runbook: https://wiki.example.com/claude#billing-or-spend-limit',
    );
  });
});

describe('one page', () => {
  it('stands for everything that leaves clients without answers', () => {
    const { composites } = alarmsIn();
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
  it('is a fault of the canary alone: a stack that nobody calls is quiet', () => {
    const missing = alarmsIn().all.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(missing.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      ['Stack/Alarms/CanarySilent', 'breaching'],
    ]);
    expect(alarmsIn().named('CanarySilent')).toMatchObject({ Period: 60, EvaluationPeriods: 5 });
  });

  it('and little traffic are no rate: each that pages needs requests, or counts', () => {
    for (const [name, guard] of [
      ['Exhausted', 'requests >= 5'],
      ['ErrorRate', 'requests >= 20'],
      ['SlowFirstContent', 'streams >= 10'],
    ] as const) {
      const expression = alarmsIn()
        .named(name)
        ?.Metrics?.find((metric) => 'Expression' in metric)?.['Expression'];
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
    const { names, named } = alarmsIn(EVERYTHING, { chain });
    expect(names.filter((name) => name.startsWith('Fallback'))).toEqual([
      'FallbackBroken/second',
      'FallbackBroken/third',
    ]);
    expect(named('FallbackBroken/third')).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'HostCanaryFailures',
      Dimensions: expect.arrayContaining([{ Name: 'Host', Value: 'third' }]),
    });
    expect(text(named('FallbackBroken/third')?.AlarmDescription)).toContain('Host third fails');
    const metrics = named('QuotaHeadroom')?.Metrics ?? [];
    expect(metrics.filter((metric) => 'MetricStat' in metric)).toHaveLength(2);
    expect(metrics).toContainEqual(expect.objectContaining({ Expression: 'MIN(METRICS())' }));
  });

  it('has none for fallbacks where there is only one host', () => {
    const { names } = alarmsIn(EVERYTHING, { chain: chain.slice(0, 1) });
    expect(names.filter((name) => /Fallback|Quota/.test(name))).toEqual([]);
  });

  it('looks at ten quotas at most, which is all that an alarm can', () => {
    const many = Array.from({ length: 12 }, (_, index) => Host.bedrock({ name: `host-${index}` }));
    const metrics = alarmsIn(EVERYTHING, { chain: many }).named('QuotaHeadroom')?.Metrics ?? [];
    expect(metrics.filter((metric) => 'MetricStat' in metric)).toHaveLength(10);
  });
});

describe('the spend', () => {
  it('is looked at once an hour by a function that may read metrics and nothing else', () => {
    const { template } = alarmsIn();
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'cloudwatch:GetMetricData', Resource: '*' })]),
      },
    });
  });

  it('is not looked at where nobody wants to know', () => {
    alarmsIn({ dailySpend: { enabled: false } }).template.resourceCountIs('AWS::Events::Rule', 0);
  });
});

it('watches a router by what is known of it, wherever it was made', () => {
  const { stack } = alarmsIn();
  Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  expect(alarmsIn().named('Errors')).toMatchObject({
    Namespace: 'AWS/Lambda',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^RouterFunction/) } }],
  });
});
