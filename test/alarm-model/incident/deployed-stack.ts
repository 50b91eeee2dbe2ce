import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { FailoverConfig } from '../../../bin/failover-config';
import { GatewayStack } from '../../../bin/gateway-stack';
import config from '../../../failover.config';
import { CANARY_ENV, ENV, type CanarySettings, type RouterConfig } from '../../../lib/contract';
import type { Alarm } from '../cloudwatch/alarm';
import { readTemplate, resolver, type Template as TemplateJson } from '../cloudwatch/template/read-template';

/** What a deployment of `failover.config.ts`, with a third cloud as its last host and quotas that the canary knows, puts into an account. */
export interface DeployedStack {
  readonly alarms: readonly Alarm[];
  /** The router's configuration and service name, as its function is given them. */
  readonly config: RouterConfig;
  readonly service: string;
  /** As the canary's function is given them. */
  readonly canary: CanarySettings;
  /** Name of the router's function in its metrics. */
  readonly functionName: string;
}

interface Function {
  readonly id: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** `besides`: what one incident needs of it. */
export function deployedStack(besides: Partial<FailoverConfig> = {}): DeployedStack {
  const stack = new GatewayStack(new App(), {
    ...config,
    region: 'us-east-1',
    // A host with a key of its own, which can expire.
    chain: [...config.chain.slice(0, 2), { host: 'foundry', resource: 'example' }],
    pageEmails: ['oncall@example.com'],
    // So that there is an alarm for them; an incident gives figures of its own.
    canary: { quotas: { 'bedrock-us-east-1': { requestsPerMinute: 1000 }, foundry: { requestsPerMinute: 1000 } } },
    ...besides,
  });
  return readStack(stack);
}

/** A stack as it would be deployed. */
export function readStack(stack: Stack): DeployedStack {
  const template = Template.fromStack(stack).toJSON() as TemplateJson;
  const functions = functionsOf(template);
  const canary = only(functions, ({ variables }) => CANARY_ENV.SETTINGS in variables);
  const router = only(functions, (each) => ENV.CONFIG in each.variables && each !== canary);
  return {
    alarms: readTemplate(template),
    config: JSON.parse(router.variables[ENV.CONFIG]!) as RouterConfig,
    service: router.variables[ENV.SERVICE]!,
    canary: JSON.parse(canary.variables[CANARY_ENV.SETTINGS]!) as CanarySettings,
    functionName: router.id,
  };
}

function functionsOf(template: TemplateJson): Function[] {
  const resolve = resolver(template);
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const { Variables = {} } = (resolve(Properties['Environment']) ?? {}) as { Variables?: Function['variables'] };
    return [{ id, variables: Variables }];
  });
}

function only(functions: readonly Function[], is: (each: Function) => boolean): Function {
  const [found, ...others] = functions.filter(is);
  if (found === undefined || others.length > 0)
    throw new Error(`${others.length + 1} functions where one was expected`);
  return found;
}
