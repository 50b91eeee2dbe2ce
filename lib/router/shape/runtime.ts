import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FailoverRouterProps } from '../router-props';
import type { ConfigReader } from '../stored/config-parameter';

/** What a shape is told of the router that is to run. */
export interface RuntimeProps extends Pick<
  FailoverRouterProps,
  Exclude<keyof FailoverRouterProps, 'chain' | 'models' | 'routes' | 'clients' | 'cache'>
> {
  readonly environment: Readonly<Record<string, string>>;
  readonly removalPolicy: RemovalPolicy;
}

/** A router between its role and its start: rights and configuration are added in here. */
export interface RuntimeDraft extends ConfigReader {
  readonly grantPrincipal: iam.IRole;
  readonly logGroup: logs.ILogGroup;
  complete(): RouterRuntime;
}

/** What runs. */
export interface RouterRuntime {
  /** Of the alias, the web function or the service. */
  readonly arn: string;
  /** Of the function, the web function or the service. */
  readonly name: string;
  /** @default - no VPC */
  readonly connections?: ec2.Connections;
  /** @default - it is no Lambda function */
  readonly onLambda?: { readonly function: lambda.Function; readonly alias: lambda.Alias };
  /** @default - it is no web function */
  readonly onWeb?: WebRuntime;
  /** @default - it is no service of ECS */
  readonly onFargate?: FargateRuntime;
}

/** A web function, by what its front door, rollout and alarms need. The classes of the CDK are not named: older ones lack them. */
export interface WebRuntime {
  readonly functionName: string;
  readonly endpointName: string;
  readonly revisionId: string;
  readonly domainName: string;
  /** Serves the new revision, and nothing else. */
  readonly probeDomainName: string;
  /** Counts environments that did not start. */
  readonly startFailures: { readonly metricNamespace: string; readonly metricName: string };
  /** To be told what has to be there before the endpoint serves the new revision. */
  readonly endpoint: Construct;
}

/** A service behind a load balancer. */
export interface FargateRuntime {
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  /** As metrics have it. */
  readonly targetGroupName: string;
  readonly clusterName: string;
  readonly maxTasks: number;
  /** Takes a new version back when one of these alarms, by name, goes off. */
  rollBackOn(alarmNames: string[]): void;
}
