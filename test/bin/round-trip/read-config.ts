import type { Stack } from 'aws-cdk-lib';
import {
  CANARY_CLIENT,
  CANARY_ENV,
  type CanarySettings,
  ENV,
  PROBE_CLIENT,
  type RouterConfig,
} from '../../../lib/contract';
import type { CanaryConfig, FailoverConfig, StackRoute, TeamConfig } from '../../../bin/failover-config';
import type { TerraformJson } from '../../lib/cdktf/terraform-json';
import { readGoogle } from './read-google';
import { readHost } from './read-hosts';
import { readSpendReport } from './read-spend-report';
import { resourcesOf, textOf, variable, type Resource } from './read-template';

type Resources = (type: string) => readonly Resource[];

/** `failover.config.ts` as it must have been, by what came of it. Residency leaves no trace but what it refuses. */
export function readConfig(stack: Stack, google: TerraformJson): Omit<FailoverConfig, 'residency'> {
  const resources = resourcesOf(stack);
  const router = routerConfig(resources);
  const routes = router.routes.map(readRoute);
  const { chain = [], lastResort: _, ...treatment } = routes.pop() ?? {};
  const hosts = chain.flatMap((name) => router.hosts.filter((host) => host.name === name));
  const vertex = hosts.find((host) => host.kind === 'vertex');
  return {
    stackName: stack.stackName,
    account: stack.account,
    region: stack.region,
    models: router.models.map((model) => (typeof model === 'string' ? model : model.id)),
    chain: hosts.map((host) => readHost(host, resources)),
    ...(vertex && { google: readGoogle(vertex, google) }),
    ...treatment,
    routes,
    teams: readTeams(router, resources),
    ...(router.spend && { spend: router.spend }),
    pageEmails: emails(resources, 'GatewayPageTopic'),
    noticeEmails: emails(resources, 'GatewayNoticeTopic'),
    spendReport: readSpendReport(resources),
    canary: readCanary(resources),
    onDestroy: readRemoval(resources),
  };
}

/** From the environment of the router's function, or the parameter that it names. */
function routerConfig(resources: Resources): RouterConfig {
  const functions = resources('AWS::Lambda::Function').filter(({ id }) => id.startsWith('GatewayRouter'));
  const parameter = variable(functions, ENV.CONFIG_PARAMETER);
  const stored = resources('AWS::SSM::Parameter').find(({ id }) => parameter !== undefined && id === textOf(parameter));
  return JSON.parse(textOf(stored?.Properties['Value'] ?? variable(functions, ENV.CONFIG))) as RouterConfig;
}

/** What is as ever, the router is not told. */
const readRoute = ({ clients: teams, ...route }: RouterConfig['routes'][number]): StackRoute =>
  ({ ...(teams && { teams }), order: 'listed', cache: false, ...route }) as StackRoute;

function readTeams({ clients = [] }: RouterConfig, resources: Resources): TeamConfig[] {
  return clients
    .filter(({ name }) => name !== CANARY_CLIENT && name !== PROBE_CLIENT)
    .map(({ name, may, limits, policy, spend, operator }): TeamConfig => {
      const { rate: _rate, burst: _burst, quota: _quota, ...minutes } = limits ?? {};
      const plan = resources('AWS::ApiGateway::UsagePlan').find(
        ({ Properties }) => Properties['Description'] === `Limits of team ${name}`,
      );
      const { Throttle: throttle, Quota: quota } = (plan?.Properties ?? {}) as Plan;
      return {
        name,
        ...(throttle && { rateLimit: throttle.RateLimit, burstLimit: throttle.BurstLimit }),
        ...(quota && { quota: { limit: quota.Limit, period: quota.Period } }),
        ...minutes,
        ...(policy && { policy }),
        ...(may && { may }),
        ...(spend && { spend }),
        ...(operator !== undefined && { operator }),
      };
    });
}

interface Plan {
  readonly Throttle?: { readonly RateLimit: number; readonly BurstLimit: number };
  readonly Quota?: { readonly Limit: number; readonly Period: 'DAY' | 'WEEK' | 'MONTH' };
}

const emails = (resources: Resources, topic: string): string[] =>
  resources('AWS::SNS::Subscription')
    .filter(({ Properties }) => textOf(Properties['TopicArn']).startsWith(topic) && Properties['Protocol'] === 'email')
    .map(({ Properties }) => String(Properties['Endpoint']));

function readCanary(resources: Resources): CanaryConfig | false {
  const settings = variable(resources('AWS::Lambda::Function'), CANARY_ENV.SETTINGS);
  if (settings === undefined) return false;
  const {
    dailyBudgetUsd,
    quotas,
    intervalMinutes,
    openaiDoor = false,
  } = JSON.parse(textOf(settings)) as CanarySettings;
  const schedule = resources('AWS::Scheduler::Schedule').find(({ id }) => id.startsWith('GatewayCanary'));
  const [view] = resources('AWS::Synthetics::Canary');
  const outside = (view?.Properties['Schedule'] ?? {}) as { readonly Expression?: string };
  // Told to two: the schedule that starts it, and itself.
  expect(minutesOf(schedule?.Properties['ScheduleExpression'])).toBe(intervalMinutes);
  return {
    intervalMinutes,
    dailyBudgetUsd,
    quotas: Object.fromEntries(quotas.map(({ host, ...quota }) => [host, quota])),
    openaiDoor,
    ...(view && { outsideView: { intervalMinutes: minutesOf(outside.Expression) } }),
  };
}

/** Of `rate(5 minutes)`, or of `rate(1 hour)`. */
function minutesOf(rate: unknown): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour)s?\)$/.exec(String(rate)) ?? [];
  return Number(count) * (unit === 'hour' ? 60 : 1);
}

function readRemoval(resources: Resources): 'destroy' | 'retain' {
  const kept = ['AWS::SecretsManager::Secret', 'AWS::DynamoDB::GlobalTable'].flatMap(resources);
  const policies = new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy));
  expect(policies.size).toBe(1);
  return policies.has('Retain') ? 'retain' : 'destroy';
}
