import * as path from 'node:path';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { checkRoleName } from './check-role-name';

export interface OwnRoleProps {
  /** @default - a name of CloudFormation's */
  readonly roleName?: string;
  readonly logRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

export interface BundledFunctionProps extends OwnRoleProps {
  /** Folder of `lambda/` whose `dist` is the code. */
  readonly bundle:
    | 'authorizer'
    | 'bake'
    | 'batches'
    | 'canary'
    | 'key-digest'
    | 'key-reminder'
    | 'pre-traffic'
    | 'queue-worker'
    | 'rollout'
    | 'router'
    | 'spend-report'
    | 'spend-watch';
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment?: Record<string, string>;
  readonly reservedConcurrentExecutions?: number;
  /** @default lambda.Tracing.ACTIVE */
  readonly tracing?: lambda.Tracing;
  /** @default lambda.Architecture.ARM_64 */
  readonly architecture?: lambda.Architecture;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** What Lambda itself does with the role in a VPC; none of these actions takes a resource when an interface is made. */
const NETWORK_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** Lets Lambda make the interfaces of a function that has this role. */
export const letIntoNetwork = (scope: Construct, role: iam.IRole): void => {
  for (const statement of network(scope)) role.addToPrincipalPolicy(statement);
};

/** Lambda itself may, before the function runs; the function's code, whose calls carry its ARN, may not. */
function network(scope: Construct): iam.PolicyStatement[] {
  const all = { actions: NETWORK_ACTIONS, resources: ['*'] };
  const { partition, region, account } = Stack.of(scope);
  const fromCode = { 'lambda:SourceFunctionArn': `arn:${partition}:lambda:${region}:${account}:function:*` };
  return [
    new iam.PolicyStatement(all),
    new iam.PolicyStatement({ ...all, effect: iam.Effect.DENY, conditions: { ArnLike: fromCode } }),
  ];
}

/** Lambda's managed policy would open every log group of the account. */
export function ownRole(
  scope: Construct,
  { roleName, logRetention, removalPolicy = RemovalPolicy.DESTROY }: OwnRoleProps,
  service = 'lambda',
): { readonly logGroup: logs.LogGroup; readonly role: iam.Role } {
  if (roleName !== undefined) checkRoleName(scope, roleName);
  const logGroup = new logs.LogGroup(scope, 'LogGroup', {
    retention: logRetention ?? logs.RetentionDays.THREE_MONTHS,
    removalPolicy,
  });
  const role = new iam.Role(scope, 'Role', {
    roleName,
    assumedBy: new iam.ServicePrincipal(`${service}.amazonaws.com`),
  });
  return { logGroup, role };
}

/** Where the code of one of this package's bundles is. */
export const bundlePath = (bundle: string): string =>
  path.join(__dirname, '..', '..', 'lambda', 'functions', bundle, 'dist');

/** One of this package's own functions, in children `LogGroup`, `Role` and `Function` of the scope. Its role may write its own log group and traces, and nothing else. */
export function bundledFunction(scope: Construct, props: BundledFunctionProps): lambda.Function {
  const { bundle, roleName: _name, logRetention: _retention, removalPolicy: _policy, ...settings } = props;
  const { logGroup, role } = ownRole(scope, props);
  logGroup.grantWrite(role);
  if (settings.vpc) letIntoNetwork(scope, role);
  return new lambda.Function(scope, 'Function', {
    ...settings,
    code: lambda.Code.fromAsset(bundlePath(bundle)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: settings.architecture ?? lambda.Architecture.ARM_64,
    role,
    logGroup,
    // The lines are JSON already. Lambda's own JSON format would wrap them, and CloudWatch no longer see the metrics in them.
    loggingFormat: lambda.LoggingFormat.TEXT,
    tracing: settings.tracing ?? lambda.Tracing.ACTIVE,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...settings.environment },
  });
}
