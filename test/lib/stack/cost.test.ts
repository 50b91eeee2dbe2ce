import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { GatewayStack } from '../../../bin/gateway-stack';
import { metrics, stack as counted } from '../../../docs/prices.json';
import config from '../../../failover.config';
import { createReport } from '../../../lambda/functions/canary/report';
import { Rotation } from '../../../lambda/functions/canary/rotation';
import { remind } from '../../../lambda/functions/key-reminder/remind';
import { usageFigures } from '../../../lambda/gateway/telemetry/usage-figures';
import { createTelemetry } from '../../../lambda/gateway/telemetry/create-telemetry';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { publishMetric } from '../../../lambda/gateway/telemetry/publish-metric';
import {
  AUDIT_METRICS,
  BATCH_METRICS,
  CANARY_METRICS,
  type CanarySettings,
  ENDPOINT_HOST,
  KEY_METRICS,
  LIMIT_METRICS,
  METRICS,
  SPEND_METRICS,
} from '../../../lib/contract';
import { resolveModels } from '../../../lib/catalog/resolve';
import { captureLines } from '../../captured-lines';
import { templatesOf } from './synthesised';

const ROOT = join(__dirname, '../../..');
const MONTH_MINUTES = 30 * 24 * 60;
const page = readFileSync(join(ROOT, 'docs/cost.md'), 'utf8');

const app = new App();
const stack = new GatewayStack(app, { ...config, pageEmails: ['on-call@example.com'] });
const { Resources } = templatesOf(app).ClaudeFailover!;
const { hosts, models } = stack.gateway.router._bound.config;
const settings = canarySettings();
const rotation = new Rotation({
  ...settings,
  hosts,
  models: resolveModels(models),
  endpoint: settings.endpoint !== undefined,
});

const properties = (type: string): Record<string, unknown>[] =>
  Object.values(Resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));

/** As the canary gets them, with a word for what only the deployment knows. */
function canarySettings(): CanarySettings {
  const { environment } = stack.gateway.canary!.function.node.defaultChild as CfnFunction;
  const { variables } = stack.resolve(environment) as { variables: { CANARY: { 'Fn::Join': [string, unknown[]] } } };
  const [, parts] = variables.CANARY['Fn::Join'];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'later')).join('')) as CanarySettings;
}

/** Metrics by name, each set of dimension values being one. */
function published(lines: readonly string[]): Record<string, number> {
  const all = lines
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => {
      const emf = JSON.parse(line) as Record<string, unknown> & {
        _aws: { CloudWatchMetrics: [{ Dimensions: [string[]]; Metrics: { Name: string }[] }] };
      };
      const [{ Dimensions, Metrics }] = emf._aws.CloudWatchMetrics;
      return Metrics.map(({ Name }) => [Name, ...Dimensions[0].map((dimension) => emf[dimension])].join());
    });
  const names = [...new Set(all)].map((metric) => metric.split(',')[0]!);
  return Object.fromEntries(names.map((name) => [name, names.filter((each) => each === name).length]));
}

it('is what scripts/cost makes of the prices', () => {
  const made = execFileSync(process.execPath, ['scripts/run-typescript.cjs', 'scripts/cost/cost.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(page).toBe(made);
});

it('counts what the default stack has', () => {
  const alarmMetrics = properties('AWS::CloudWatch::Alarm').flatMap(({ Metrics, MetricName }) =>
    Array.isArray(Metrics) ? Metrics.filter((metric: object) => 'MetricStat' in metric) : [MetricName],
  );
  const functions = stack.gateway.node.findAll().filter((each) => each instanceof CfnFunction);
  const folder = `${stack.gateway.node.path}/`;
  const schedules = [...properties('AWS::Events::Rule'), ...properties('AWS::Scheduler::Schedule')];
  const month = Array.from({ length: MONTH_MINUTES }, (_, minute) => rotation.due(minute)).flat();
  const endpointChecks = month.filter(({ host }) => host === ENDPOINT_HOST).length;
  expect({
    hosts: hosts.length,
    secrets: properties('AWS::SecretsManager::Secret').length,
    alarmMetrics: alarmMetrics.length,
    compositeAlarms: properties('AWS::CloudWatch::CompositeAlarm').length,
    functionsGb: Object.fromEntries(
      functions.map(({ node, memorySize = NaN }) => [
        node.path.replace(folder, '').replace('/Function/Resource', ''),
        memorySize / 1024,
      ]),
    ),
    schedules: schedules.map(({ ScheduleExpression }) => ScheduleExpression).sort(),
    canary: {
      hostChecks: month.length - endpointChecks,
      endpointChecks,
      dailyUsd: Number(rotation.dailyUsd.toFixed(4)),
      dailyBudgetUsd: settings.dailyBudgetUsd,
    },
  }).toEqual(counted);
  expect(properties('AWS::Lambda::Function')).toHaveLength(functions.length);
});

it('knows every metric of the contract', () => {
  const all = [METRICS, CANARY_METRICS, KEY_METRICS, SPEND_METRICS, LIMIT_METRICS, BATCH_METRICS, AUDIT_METRICS];
  expect(Object.keys(metrics).sort()).toEqual(all.flatMap((names) => Object.values<string>(names)).sort());
});

describe('an idle stack', () => {
  const lines = captureLines();

  it('publishes the metrics that the page counts, and no others', async () => {
    const [{ name: host }] = hosts as [(typeof hosts)[0]];
    const [model] = config.models as [string];
    const telemetry = createTelemetry({}, {}, systemClock, false);
    telemetry.observer.attempt({
      ...{ requestId: 'r', attempt: 1, host, model, key: undefined, outcome: 'ok', row: undefined, status: 200 },
      ...{ hostRequestId: undefined, detail: undefined, elapsedMs: 700 },
    });
    telemetry.request({
      ...{ requestId: 'r', endpoint: 'messages', model, client: 'canary', stream: true, outcome: 'answered', host },
      ...{ isFailover: false, attempts: 1, trace: `${host}:ok`, firstContentMs: 700, durationMs: 800 },
      ...usageFigures(model, { input_tokens: 8, output_tokens: 1 }, hosts[0]),
    });
    const report = createReport({});
    for (const check of rotation.due(0).concat(rotation.due(4))) {
      const unsaid = { detail: undefined, reason: undefined, status: 200, firstContentMs: 700, usage: undefined };
      report.check({ ...check, ...unsaid, outcome: 'ok', trace: '', at: 0, elapsedMs: 700 }, true);
    }
    report.round();
    await remind({
      keys: [],
      now: 0,
      read: () => Promise.reject(new Error('there is no key')),
      notify: () => Promise.resolve(),
      publishOverdue: (keys) => publishMetric({}, KEY_METRICS.overdue, keys),
    });
    const idle = Object.entries(metrics).flatMap(([name, when]) => (when.idle > 0 ? [[name, when.idle] as const] : []));
    expect(published(lines())).toEqual(Object.fromEntries(idle));
  });

  it('costs less than 10 USD a month, without tokens', () => {
    const [, idle] = /^\| \*\*Total\*\* +\| +\*\*([\d.]+)\*\*/m.exec(page) ?? [];
    expect(Number(idle)).toBeGreaterThan(0);
    expect(Number(idle)).toBeLessThan(10);
  });

  it('asks for tokens of at most 4 USD a month, as the page says', () => {
    const usd = rotation.dailyUsd * 31;
    expect(usd).toBeLessThanOrEqual(4);
    expect(page).toContain(`at most ${usd.toFixed(2)} USD in a month of 31 days`);
  });
});
