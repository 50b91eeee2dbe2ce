import { Template } from 'aws-cdk-lib/assertions';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { fargate, gatewayIn, newStack, type PropsOf } from './shape-stack';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly AlarmName?: unknown };
}

/** What would lose a key, a secret, state, a log or a subscriber, if another shape had it under another id. */
const KEPT = [
  'AWS::ApiGateway::ApiKey',
  'AWS::SecretsManager::Secret',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
];
/** The router's own log, and the role by which another cloud may know it. */
const KEPT_IDS = /^GatewayRouter(LogGroup|Role)[0-9A-F]{8}$/;

function resourcesOf(shapeOf: PropsOf): Record<string, Resource> {
  const stack = newStack();
  gatewayIn(stack, (inner) => ({
    auth: ClientAuth.apiKeys({ teams: [{ name: 'product', rateLimit: 50 }, { name: 'nightly' }] }),
    ...shapeOf(inner),
  }));
  return Template.fromStack(stack).toJSON().Resources as Record<string, Resource>;
}

const kept = (resources: Record<string, Resource>): string[] =>
  Object.entries(resources)
    .filter(([id, { Type }]) => KEPT.includes(Type) || KEPT_IDS.test(id))
    .map(([id]) => id)
    .filter((id) => !id.startsWith('GatewayAuthdeploymentprobe'))
    .sort();
const alarmNames = (resources: Record<string, Resource>): unknown[] =>
  Object.values(resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudWatch::Alarm' ? [Properties?.AlarmName] : [],
  );
/** Lambda alone is throttled and has a timeout of its own. */
const LAMBDA_ONLY = ['Stack/Gateway/Alarms/Throttles', 'Stack/Gateway/Alarms/Duration'];

describe.each<[string, PropsOf]>([
  ['a web function', () => ({ shape: RouterShape.webFunction() })],
  ['Fargate', (stack) => ({ shape: fargate(stack) })],
])('a stack that moves from Lambda to %s', (_name, shapeOf) => {
  const before = resourcesOf(() => ({}));
  const after = resourcesOf(shapeOf);

  it('keeps its keys, secrets, table, topics, log and role', () => {
    expect(kept(before).length).toBeGreaterThan(8);
    expect(kept(after)).toEqual(kept(before));
  });

  it('keeps the name of every alarm that is not about Lambda', () => {
    const names = alarmNames(before).filter((name) => !LAMBDA_ONLY.includes(name as string));
    expect(names.length).toBeGreaterThan(10);
    expect(alarmNames(after)).toEqual(expect.arrayContaining(names));
    for (const name of LAMBDA_ONLY) expect(alarmNames(after)).not.toContain(name);
  });

  it('leaves nothing of API Gateway but the keys, and no CodeDeploy', () => {
    const types = new Set(Object.values(after).map(({ Type }) => Type));
    expect([...types].filter((type) => /ApiGateway|CodeDeploy/.test(type))).toEqual(['AWS::ApiGateway::ApiKey']);
  });
});
