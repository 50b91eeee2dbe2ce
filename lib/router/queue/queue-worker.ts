import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LONGEST_INVOCATION_MS } from '../../contract';
import { bundlePath, letIntoNetwork } from '../bundled-function';
import type { FailoverRouterProps } from '../router-props';
import type { RuntimeDraft } from '../shape/runtime';
import type { RequestQueue } from './request-queue';

export interface QueueWorkerProps extends Pick<
  FailoverRouterProps,
  'queue' | 'vpc' | 'vpcSubnets' | 'securityGroups' | 'tracing' | 'architecture'
> {
  /** Whose role and log the worker has: it asks the same hosts, and Google knows that role by its name. */
  readonly router: Pick<RuntimeDraft, 'grantPrincipal' | 'logGroup'>;
  readonly requests: RequestQueue;
  readonly environment: Readonly<Record<string, string>>;
}

/** Each body is up to 32 MB, and is there twice while it is sent. */
const BATCH = 5;
const MEMORY = 1024;
const MAX_CONCURRENCY = 10;

/** The function that answers what waits: a router of its own, which nobody else can call. */
export function queueWorker(scope: Construct, props: QueueWorkerProps): void {
  const { router, requests, environment, vpc, vpcSubnets, securityGroups, tracing, architecture, queue = {} } = props;
  const { grantPrincipal: role, logGroup } = router;
  letLambdaIn(role);
  logGroup.grantWrite(role);
  if (vpc) letIntoNetwork(scope, role);
  const fn = new lambda.Function(scope, 'Worker', {
    description: 'Answers requests that wait, from the first host of a chain that can',
    code: lambda.Code.fromAsset(bundlePath('queue-worker')),
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
  const mapping = new lambda.EventSourceMapping(scope, 'Messages', {
    target: fn,
    eventSourceArn: requests.queue.queueArn,
    batchSize: queue.inOrder ? 1 : BATCH,
    reportBatchItemFailures: true,
    maxConcurrency: queue.maxConcurrency ?? MAX_CONCURRENCY,
  });
  // Lambda looks whether the role may, when it is made.
  mapping.node.addDependency(role);
}

/** The role of a service on Fargate is for its tasks alone. */
function letLambdaIn(role: iam.IRole): void {
  if (!(role instanceof iam.Role)) return;
  const principals = [new iam.ServicePrincipal('lambda.amazonaws.com')];
  role.assumeRolePolicy?.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals }));
}
