import { Annotations, Duration, Names, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV, LONGEST_INVOCATION_MS, METRICS_NAMESPACE, SERVER_ENTRY, WEB_METRICS } from '../../../contract';
import { bundlePath, ownRole } from '../../bundled-function';
import type { RouterRuntime, RuntimeDraft, RuntimeProps } from '../runtime';
import { collectingDraft } from '../runtime-draft';
import { checkWebFunction } from './web-function-checks';
import { WebFunctionRegions, type WebFunctionShapeProps } from './web-function-shape-props';

/** Longest name of a web function, less a dash and the longest name of a region. */
const LONGEST_NAME = 64 - 1 - 14;
/** Only deployments come by it. */
const PROBE_ENDPOINT = { endpointName: 'probe', maxEnvironments: 2, rateLimit: 100 };

/**
 * A web function with two endpoints: the one of clients, and one of the new revision alone. The classes are looked up only here, so that an
 * aws-cdk-lib without them imports this library.
 */
export function prepareWebFunction(scope: Construct, shape: WebFunctionShapeProps, props: RuntimeProps): RuntimeDraft {
  checkWebFunction(scope, shape, props);
  const own = ownRole(scope, props);
  letWriteLogs(scope, own, shape.regions);
  return collectingDraft(props.environment, own, (environment) => webFunction(scope, shape, props, own, environment));
}

function webFunction(
  scope: Construct,
  shape: WebFunctionShapeProps,
  props: RuntimeProps,
  { role, logGroup }: ReturnType<typeof ownRole>,
  environment: Readonly<Record<string, string>>,
): RouterRuntime {
  const { maxEnvironments, rateLimit, maxConcurrencyPerEnvironment } = shape;
  const egress = networkOf(scope, props);
  const fn = new lambda.WebFunction(scope, 'WebFunction', {
    // An account has each name once, over all its regions.
    webFunctionName: `${Names.uniqueResourceName(scope, { maxLength: LONGEST_NAME, separator: '-' })}-${Stack.of(scope).region}`,
    revisionDescription: 'Claude from the first host of a chain that answers',
    code: lambda.WebFunctionCode.fromAssetToManagedBucket(bundlePath('server')),
    entryPoint: SERVER_ENTRY,
    runtime: lambda.WebFunctionRuntime.NODEJS_24_X,
    role,
    logGroup,
    environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
    kmsKey: props.environmentEncryption ?? props.encryptionKey,
    timeout: Duration.millis(LONGEST_INVOCATION_MS),
    maxConcurrencyPerEnvironment,
    egressNetworkConnector: egress?.connector,
    // The router itself knows its clients.
    defaultEndpointAuth: lambda.WebFunctionAuthType.APPLICATION_MANAGED,
    defaultEndpoint: { endpointLocation: locationOf(shape), maxEnvironments, rateLimit },
  });
  // Its rights, before an environment is asked to start.
  fn.resourceRevision.node.addDependency(role);
  const probe = fn.addEndpoint('Probe', {
    ...PROBE_ENDPOINT,
    authType: lambda.WebFunctionAuthType.APPLICATION_MANAGED,
  });
  // The CDK warns of a public address; this one has been asked for, and the router knows its clients.
  Annotations.of(fn).acknowledgeWarning('@aws-cdk/aws-lambda:webFunctionPublicEndpoint');
  return {
    arn: fn.webFunctionArn,
    name: fn.webFunctionName,
    connections: egress?.connections,
    onWeb: {
      functionName: fn.webFunctionName,
      endpointName: fn.endpoint.resource.endpointName,
      revisionId: fn.revisionId,
      domainName: fn.endpoint.domainName,
      probeDomainName: probe.domainName,
      startFailures: startFailures(scope, logGroup, props.environment[ENV.SERVICE]!),
      endpoint: fn.endpoint,
    },
  };
}

/** A revision whose code does not start is active all the same: only its start report tells. A filter has no dimensions of its own. */
function startFailures(scope: Construct, logGroup: logs.ILogGroup, serviceName: string) {
  const metric = { metricNamespace: `${METRICS_NAMESPACE}/${serviceName}`, metricName: WEB_METRICS.startFailures };
  new logs.MetricFilter(scope, 'StartFailures', {
    logGroup,
    ...metric,
    filterPattern: logs.FilterPattern.all(
      logs.FilterPattern.stringValue('$.type', '=', 'platform.initReport'),
      logs.FilterPattern.stringValue('$.record.status', '=', 'failure'),
    ),
  });
  return metric;
}

function locationOf({ regions, regionNames }: WebFunctionShapeProps): lambda.WebFunctionEndpointLocation {
  const { WebFunctionEndpointLocation: location } = lambda;
  if (regions === undefined) return location.homeRegion();
  return regionNames === WebFunctionRegions.NAME_EACH ? location.perRegion(regions) : location.multiRegion(regions);
}

/** Its own group, there and in every region that serves, and the one beside it in which a region keeps what it has served itself. */
function letWriteLogs(
  scope: Construct,
  { role, logGroup }: { readonly role: iam.Role; readonly logGroup: logs.ILogGroup },
  regions: readonly string[] = [],
): void {
  const { partition, region, account } = Stack.of(scope);
  logGroup.grantWrite(role);
  const arn = (where: string, group: string): string =>
    `arn:${partition}:logs:${where}:${account}:log-group:${group}:*`;
  const { logGroupName: name } = logGroup;
  const others = regions.filter((each) => each !== region);
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [
        arn(region, `${name}.local`),
        ...others.flatMap((each) => [arn(each, name), arn(each, `${name}.local`)]),
      ],
    }),
  );
}

function networkOf(
  scope: Construct,
  { vpc, vpcSubnets, securityGroups: given }: RuntimeProps,
): { readonly connector: lambda.NetworkConnector; readonly connections: ec2.Connections } | undefined {
  if (vpc === undefined) return undefined;
  const securityGroups = given ?? [
    new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'The failover router on its way to its hosts' }),
  ];
  const connector = new lambda.NetworkConnector(scope, 'Egress', {
    configuration: lambda.NetworkConnectorConfiguration.vpcEgress({
      computeType: lambda.NetworkConnectorComputeType.WEB_FUNCTION,
      vpc,
      vpcSubnets,
      securityGroups,
    }),
  });
  return { connector, connections: new ec2.Connections({ securityGroups }) };
}
