import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GatewayStack } from '../../../bin/gateway-stack';
import config from '../../../failover.config';
import { FailoverAlarms } from '../../../lib/failover-alarms';
import { ENV, type CanarySettings, type RouterConfig } from '../../../lib/contract';
import type { Alarm } from '../cloudwatch/alarm';
import { readTemplate, resolver, type Template as TemplateJson } from '../cloudwatch/read-template';

/** What a deployment of `failover.config.ts`, with one more host, puts into an account. */
export interface DeployedStack {
  readonly alarms: readonly Alarm[];
  /** The router's configuration and service name, as its function is given them. */
  readonly config: RouterConfig;
  readonly service: string;
  readonly canary: CanarySettings;
  /** Name of the router's function in its metrics. */
  readonly functionName: string;
}

/** A fallback with a key of its own, which can expire. */
const FOUNDRY = { host: 'foundry', resource: 'example' } as const;

export function deployedStack(): DeployedStack {
  const stack = new GatewayStack(new App(), {
    ...config,
    region: 'us-east-1',
    chain: [...config.chain, FOUNDRY],
    pageEmails: ['oncall@example.com'],
  });
  // TODO
  const { router, pageTopic, noticeTopic } = stack.gateway;
  new FailoverAlarms(stack, 'Proofs', { router, pageTopic, noticeTopic, canary: true, keyReminder: true });
  const template = Template.fromStack(stack).toJSON() as TemplateJson;
  const resolve = resolver(template);
  const functions = Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const environment = Properties['Environment'] as { Variables?: Record<string, unknown> } | undefined;
    const variables = environment?.Variables ?? {};
    return Type === 'AWS::Lambda::Function' && ENV.CONFIG in variables ? [{ id, variables }] : [];
  });
  const [fn] = functions;
  if (fn === undefined || functions.length > 1)
    throw new Error(`${functions.length} functions have a router's configuration`);
  return {
    alarms: readTemplate(template).filter(({ name }) => name.includes('Proofs')),
    canary: { intervalMinutes: 1, dailyBudgetUsd: 0.129, quotas: [] },
    config: JSON.parse(resolve(fn.variables[ENV.CONFIG]) as string) as RouterConfig,
    service: resolve(fn.variables[ENV.SERVICE]) as string,
    functionName: fn.id,
  };
}
