import { type App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import type { CanaryOptions } from '../lib/monitoring/canary/canary-options';
import { Steering } from '../lib/router/client';
import type { TeamProps } from '../lib/gateway/auth/team-props';
import { ClientAuth } from '../lib/gateway/auth/client-auth';
import { FailoverGateway } from '../lib/gateway/failover-gateway';
import type { Host } from '../lib/hosts/host';
import { closest } from '../lib/catalog/closest';
import { Weekday } from '../lib/router/order/route-hours';
import { type SpendProps, TableDown, UnknownPrice } from '../lib/router/spend/spend-props';
import type { RouteProps } from '../lib/router/router-props';
import { roleNames, STACK_NAME } from '../lib/hosts/vertex/vertex-names';
import { batchesProps } from './batches/batches-config';
import { auditTrail } from './governance/audit-config';
import { StackConfigError } from './stack-config-error';
import { configResidency } from './config-residency';
import type { FailoverConfig, StackRoute, TeamConfig } from './failover-config';
import type { HostStack, SharedSecrets } from './hosts/chain-host';
import { spendReportProps } from './governance/spend-report-config';
import { createChainHost } from './hosts/chain-hosts';
import { createLastResort } from './hosts/last-resort-hosts';
import { member } from './member';
import { queueProps } from './queue/queue-config';
import { guardrailProps, policyProps } from './teams/policy-props';
import { teamSecret } from './regions/team-secret';
import { routeOptionProps } from './route-options';
import { shapeOf } from './shape-config';

/** What a region has of its own, where there are two. */
export interface RegionPlace {
  readonly shared?: SharedSecrets;
  /** Names of hosts, in the order in which this region tries them. */
  readonly order?: readonly string[];
}

/** The complete stack, as `failover.config.ts` describes it. */
export class GatewayStack extends Stack {
  public readonly gateway: FailoverGateway;

  constructor(app: App, config: FailoverConfig, { shared, order }: RegionPlace = {}) {
    const { account, region, stackName = STACK_NAME } = config;
    super(app, stackName, { env: { account, region }, description: 'A Claude endpoint that keeps answering' });
    const removalPolicy = config.onDestroy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const { models, google } = config;
    const stack = { scope: this, models, google, removalPolicy, shared };
    const made = config.chain.map((host) => createChainHost(host, stack));
    const chain = order ? named(order, made, `chain of region ${region}`) : made;

    this.gateway = new FailoverGateway(this, 'Gateway', {
      shape: shapeOf(this, config.shape),
      chain,
      lastResort: config.lastResort && createLastResort(config.lastResort, stack),
      models: [...models],
      routes: config.routes?.map((route, index) => routeProps(route, index, chain)),
      auth: ClientAuth.apiKeys({ teams: teams(config.teams, stack) }),
      residency: configResidency(config),
      spend: spendProps(config.spend, shared !== undefined),
      ...routeOptionProps(config),
      batches: config.batches && batchesProps(config.batches, this),
      queue: config.queue && queueProps(config.queue, stack),
      openHealth: shared && true,
      pageEmails: [...config.pageEmails],
      noticeEmails: config.noticeEmails && [...config.noticeEmails],
      ...spendReportProps(config.spendReport),
      removalPolicy,
      guardrail: config.guardrail && guardrailProps(config.guardrail),
      audit: config.audit && auditTrail(this, config.audit),
      canary: canaryOptions(config.canary, google && roleNames(stackName).canary),
      // Google knows the router by its role's name. Without Google the name stays CloudFormation's, which needs no CAPABILITY_NAMED_IAM.
      roleName: google && roleNames(stackName).router,
    });
  }
}

const canaryOptions = (canary: FailoverConfig['canary'] = {}, roleName?: string): CanaryOptions =>
  canary === false
    ? { enabled: false }
    : {
        roleName,
        interval: minutes(canary.intervalMinutes),
        dailyBudgetUsd: canary.dailyBudgetUsd,
        quotas: Object.entries(canary.quotas ?? {}).map(([host, quota]) => ({ host, ...quota })),
        openaiDoor: canary.openaiDoor,
        outsideView: canary.outsideView && { interval: minutes(canary.outsideView.intervalMinutes) },
      };

const minutes = (given?: number): Duration | undefined => (given === undefined ? undefined : Duration.minutes(given));

/** Each of two regions counts for itself, and has half of every limit if nothing else is said. */
const spendProps = (spend: FailoverConfig['spend'], isOfTwo: boolean): SpendProps | undefined =>
  spend && {
    ...(isOfTwo && { share: 50 }),
    ...spend,
    models: spend.models && { ...spend.models },
    unknownPrice: spend.unknownPrice && member(UnknownPrice, spend.unknownPrice),
    tableDown: spend.tableDown && member(TableDown, spend.tableDown),
  };

/** With two regions every team has one key for both. */
function teams(given: FailoverConfig['teams'], stack: HostStack): TeamProps[] | undefined {
  if (stack.shared === undefined) return given?.map(teamProps);
  return (given ?? [{ name: 'default' }]).map((team) => ({
    ...teamProps(team),
    keySecret: teamSecret(stack, team.name),
  }));
}

const teamProps = ({ quota, may, spend, policy, ...team }: TeamConfig) => ({
  ...team,
  spend: spend && { ...spend, users: spend.users && { ...spend.users } },
  policy: policy && policyProps(policy),
  quota: quota && { limit: quota.limit, period: member(Period, quota.period) },
  may: may?.map((steering) => member(Steering, steering)),
});

function routeProps(route: StackRoute, index: number, hosts: readonly Host[]): RouteProps {
  const chain = route.chain ? named(route.chain, hosts, `routes[${index}].chain`) : hosts;
  return {
    chain: [...chain],
    models: route.models && [...route.models],
    clients: route.teams && [...route.teams],
    hours: route.hours && { ...route.hours, days: route.hours.days?.map((day) => member(Weekday, day)) },
    lastResort: route.lastResort === false ? [] : undefined,
    ...routeOptionProps(route),
  };
}

/** Hosts by their names, in that order. */
function named(order: readonly string[], hosts: readonly Host[], where: string): Host[] {
  const names = hosts.map(({ name }) => name);
  return order.map((name, at) => {
    const host = hosts.find((candidate) => candidate.name === name);
    if (host !== undefined) return host;
    throw new StackConfigError([
      `${where}[${at}]: there is no host "${name}"; did you mean "${closest(name, names, 1).join()}"? ` +
        `The hosts are ${names.join(', ')}`,
    ]);
  });
}
