import type { Construct } from 'constructs';
import type { ShapeKind } from '../../router/shape/router-shape';
import { ValidationError } from '../../validation-error';
import type { FailoverGatewayProps } from '../failover-gateway-props';

type Lost = Partial<Record<keyof FailoverGatewayProps, string>>;

/** What API Gateway, CodeDeploy and Lambda have, and no other shape. */
const OF_LAMBDA: Lost = {
  deployment: 'a new version is probed and shifted as this shape does it; leave it out',
  stageName: 'there is no stage; leave it out',
  throttlingBurstLimit: 'give teams a burstLimit of their own',
  accessLogRetention: "the router's own log says who called; 'logRetention' is for it",
  cloudWatchRole: 'no API writes logs; leave it out',
  accessLogRole: 'no API writes logs; leave it out',
  timeout: 'a request may take 15 minutes; a budget makes it shorter',
  provisionedConcurrentExecutions: 'one process serves many requests; leave it out',
  tracing: 'there is no X-Ray in the way of a request; leave it out',
  architecture: 'it runs on arm64; leave it out',
};

/** By shape: what is lost, and what to do instead. */
const LOST: Readonly<Record<Exclude<ShapeKind, 'lambda'>, Lost>> = {
  webFunction: {
    ...OF_LAMBDA,
    endpoint:
      "give 'cdn' of RouterShape.webFunction() for a name of one's own; a private endpoint needs RouterShape.lambda()",
    firewall: "give 'cdn.webAclArn' of RouterShape.webFunction()",
    throttlingRateLimit: "give 'rateLimit' of RouterShape.webFunction()",
    memorySize: 'an environment has 2 virtual CPUs and 2 GB; leave it out',
    reservedConcurrentExecutions: "give 'maxEnvironments' of RouterShape.webFunction()",
  },
  fargate: {
    ...OF_LAMBDA,
    endpoint: "'domainName' of RouterShape.fargate() is the address; a private endpoint needs RouterShape.lambda()",
    throttlingRateLimit: 'give teams a rateLimit of their own, or a firewall',
    memorySize: "give 'cpu' and 'memory' of RouterShape.fargate()",
    reservedConcurrentExecutions: "give 'maxTasks' of RouterShape.fargate()",
  },
};

/** Nothing that was asked for is left out without a word. */
export function checkShapeProps(
  scope: Construct,
  kind: Exclude<ShapeKind, 'lambda'>,
  props: FailoverGatewayProps,
): void {
  for (const [prop, remedy] of Object.entries(LOST[kind])) {
    if (props[prop as keyof FailoverGatewayProps] === undefined) continue;
    throw new ValidationError(scope, `'${prop}' does nothing for a router that runs as '${kind}': ${remedy}`);
  }
}
