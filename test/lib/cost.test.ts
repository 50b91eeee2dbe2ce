import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { GatewayStack } from '../../bin/gateway-stack';
import config from '../../failover.config';
import { METRICS } from '../../lib/contract';
import { type TemplateJson, templatesOf } from './synthesised';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/cost.md'), 'utf8');
const { stack } = JSON.parse(readFileSync(join(ROOT, 'docs/prices.json'), 'utf8')) as {
  stack: Record<'hosts' | 'secrets' | 'alarmMetrics' | 'memoryGb', number>;
};

function defaultStack(): TemplateJson {
  const app = new App();
  new GatewayStack(app, { ...config, pageEmails: ['on-call@example.com'] });
  return templatesOf(app).ClaudeFailover!;
}

it('is what scripts/cost.mjs makes of the prices', () => {
  const made = execFileSync(process.execPath, ['scripts/cost.mjs'], { cwd: ROOT, encoding: 'utf8' });
  expect(page).toBe(made);
});

it('counts what the default stack has', () => {
  const { Resources } = defaultStack();
  const properties = (type: string) =>
    Object.values(Resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));
  const memoryGb = (purpose: RegExp): number => {
    const described = properties('AWS::Lambda::Function').find(({ Description }) => purpose.test(String(Description)));
    return Number(described?.['MemorySize']) / 1024;
  };
  const metrics = properties('AWS::CloudWatch::Alarm').flatMap(({ Metrics, MetricName }) =>
    Array.isArray(Metrics) ? Metrics.filter((metric: object) => 'MetricStat' in metric) : [MetricName],
  );
  expect({
    secrets: properties('AWS::SecretsManager::Secret').length,
    alarmMetrics: metrics.length,
    hosts: config.chain.length,
    memoryGb: memoryGb(/first host of a chain/),
    authorizerGb: memoryGb(/hands a client's key/),
  }).toEqual(stack);
});

it('counts every metric', () => {
  expect(page).toContain(
    `${Object.keys(METRICS).filter((key) => !key.startsWith('host')).length} metrics of the service`,
  );
  expect(page).toContain(`${Object.keys(METRICS).filter((key) => key.startsWith('host')).length} a host`);
});

it('costs at most 10 USD a month when nobody calls', () => {
  const [, idle] = /^\| \*\*Total\*\* +\| +\*\*([\d.]+)\*\*/m.exec(page) ?? [];
  expect(Number(idle)).toBeGreaterThan(0);
  expect(Number(idle)).toBeLessThanOrEqual(10);
});
