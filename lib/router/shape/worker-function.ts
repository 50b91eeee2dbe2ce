import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LONGEST_INVOCATION_MS } from '../../contract';
import { bundlePath, type BundledFunctionProps, letIntoNetwork } from '../bundled-function';
import type { FailoverRouterProps } from '../router-props';
import type { RuntimeDraft } from './runtime';

/** What of a router's props its workers share. */
export type WorkersShare = Pick<
  FailoverRouterProps,
  'vpc' | 'vpcSubnets' | 'securityGroups' | 'tracing' | 'architecture'
>;

export interface WorkerFunctionProps extends WorkersShare {
  readonly bundle: BundledFunctionProps['bundle'];
  readonly description: string;
  /** Whose role and log the worker has: it asks the same hosts, and Google knows that role by its name. */
  readonly router: Pick<RuntimeDraft, 'grantPrincipal' | 'logGroup'>;
  readonly environment: Readonly<Record<string, string>>;
}

/** Bodies of up to 32 MB are there twice while they are sent. */
const MEMORY = 1024;

/** A function that asks the router's hosts when nobody waits: a router of its own, which nobody else can call. */
export function workerFunction(scope: Construct, props: WorkerFunctionProps): lambda.Function {
  const { bundle, description, router, environment, vpc, vpcSubnets, securityGroups, tracing, architecture } = props;
  const { grantPrincipal: role, logGroup } = router;
  letLambdaIn(role);
  logGroup.grantWrite(role);
  if (vpc) letIntoNetwork(scope, role);
  return new lambda.Function(scope, 'Worker', {
    description,
    code: lambda.Code.fromAsset(bundlePath(bundle)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: architecture ?? lambda.Architecture.ARM_64,
    memorySize: MEMORY,
    timeout: Duration.millis(LONGEST_INVOCATION_MS),
    role,
    logGroup,
    loggingFormat: lambda.LoggingFormat.TEXT,
    tracing: tracing ?? lambda.Tracing.ACTIVE,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
    vpc,
    vpcSubnets,
    securityGroups,
  });
}

/** The role of a service on Fargate is for its tasks alone. */
function letLambdaIn(role: iam.IRole): void {
  if (!(role instanceof iam.Role)) return;
  const principals = [new iam.ServicePrincipal('lambda.amazonaws.com')];
  role.assumeRolePolicy?.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals }));
}
