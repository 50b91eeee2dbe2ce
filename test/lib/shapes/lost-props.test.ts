import { Duration } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { RouterDeployment } from '../../../lib/gateway/deployment/router-deployment';
import { GatewayEndpoint } from '../../../lib/gateway/endpoint/gateway-endpoint';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { Firewall } from '../../../lib/gateway/firewall';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { fargate, gatewayIn, newStack } from './shape-stack';

const SHAPES = {
  webFunction: () => RouterShape.webFunction(),
  fargate,
} as const;
type Shape = keyof typeof SHAPES;
const EVERY: readonly Shape[] = ['webFunction', 'fargate'];

const build = (shape: Shape, props: Partial<FailoverGatewayProps>) =>
  gatewayIn(newStack(), (stack) => ({ ...props, shape: SHAPES[shape](stack) }));

it.each<[keyof FailoverGatewayProps, Partial<FailoverGatewayProps>, readonly Shape[]]>([
  ['deployment', { deployment: RouterDeployment.ALL_AT_ONCE }, EVERY],
  ['endpoint', { endpoint: GatewayEndpoint.public() }, EVERY],
  ['firewall', { firewall: Firewall.rateLimit() }, ['webFunction']],
  ['stageName', { stageName: 'prod' }, EVERY],
  ['throttlingRateLimit', { throttlingRateLimit: 10 }, EVERY],
  ['throttlingBurstLimit', { throttlingBurstLimit: 10 }, EVERY],
  ['memorySize', { memorySize: 512 }, EVERY],
  ['timeout', { timeout: Duration.minutes(5) }, EVERY],
  ['reservedConcurrentExecutions', { reservedConcurrentExecutions: 5 }, EVERY],
  ['provisionedConcurrentExecutions', { provisionedConcurrentExecutions: 5 }, EVERY],
  ['architecture', { architecture: Architecture.X86_64 }, EVERY],
  ['cloudWatchRole', { cloudWatchRole: false }, EVERY],
])('says that %s does nothing, and what to do, instead of leaving it out', (prop, props, shapes) => {
  for (const shape of shapes) {
    expect(() => build(shape, props)).toThrow(
      new RegExp(
        `'${prop}' does nothing for a router that runs as '${shape}': .+\\n  at construct path "Stack/Gateway"`,
      ),
    );
  }
});

it.each(EVERY)('%s takes no signatures of AWS and no authorizer of API Gateway', (shape) => {
  expect(() => build(shape, { auth: ClientAuth.iam() })).toThrow(
    'take ClientAuth.apiKeys(), whose keys the router itself knows',
  );
});

it.each(EVERY)('%s is open to everybody only where that is acknowledged', (shape) => {
  expect(() => build(shape, { auth: ClientAuth.open({ acknowledgeOpenAccess: false }) })).toThrow(
    'acknowledgeOpenAccess',
  );
  expect(() => build(shape, { auth: ClientAuth.open({ acknowledgeOpenAccess: true }) })).not.toThrow();
});

it.each(EVERY)('%s has no API, no function and no CodeDeploy to ask for, and says so', (shape) => {
  const gateway = build(shape, {});
  const asked: readonly (() => unknown)[] = [
    () => gateway.api,
    () => gateway.restApiName,
    () => gateway.stageName,
    () => gateway.deploymentGroup,
    () => gateway.router.function,
    () => gateway.router.alias,
  ];
  for (const ask of asked) expect(ask).toThrow(`runs as '${shape}'`);
});
