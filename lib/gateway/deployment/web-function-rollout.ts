import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { RolloutProperties } from '../../contract';
import { bundledFunction } from '../../router/bundled-function';
import type { FailoverRouter } from '../../router/failover-router';
import type { WebRuntime } from '../../router/shape/runtime';

interface WebFunctionRolloutProps {
  readonly router: FailoverRouter;
  readonly web: WebRuntime;
  /** Alarms that take a new revision back. */
  readonly alarmNames: readonly string[];
  readonly probeKeyId?: string;
  readonly frontSecret?: secretsmanager.ISecret;
  readonly logRetention?: logs.RetentionDays;
}

/** With a tenth of the traffic, while the alarms are looked at: as CodeDeploy has it for the Lambda shape. */
const PERCENT = 10;
const WATCH = Duration.minutes(5);

/**
 * Stands between a new revision and the endpoint of clients, which CloudFormation moves only when this has succeeded: the revision starts,
 * hosts answer through it as through the one before, and a tenth of the traffic rings no alarm.
 */
export class WebFunctionRollout extends Construct {
  constructor(scope: Construct, id: string, props: WebFunctionRolloutProps) {
    super(scope, id);
    const { router, web, alarmNames, probeKeyId, frontSecret, logRetention } = props;
    const fn = bundledFunction(this, {
      bundle: 'rollout',
      description: 'Before a new revision of the failover router takes the traffic: probes of every host, then a tenth',
      memorySize: 256,
      timeout: Duration.minutes(15),
      logRetention,
    });
    for (const statement of rights(this, props)) fn.addToRolePolicy(statement);
    const properties: RolloutProperties = {
      FunctionName: web.functionName,
      EndpointName: web.endpointName,
      RevisionId: web.revisionId,
      ProbeUrl: `https://${web.probeDomainName}`,
      // Without a key, nobody may say which host is to answer.
      Probes: JSON.stringify(probeKeyId === undefined ? [] : router._bound.probes),
      LogGroupName: router.logGroupName,
      AlarmNames: alarmNames,
      Percent: String(PERCENT),
      WatchSeconds: String(WATCH.toSeconds()),
      ProbeKeyId: probeKeyId,
      FrontSecretArn: frontSecret?.secretArn,
    };
    const rollout = new CustomResource(this, 'Resource', {
      serviceToken: fn.functionArn,
      resourceType: 'Custom::WebFunctionRollout',
      serviceTimeout: Duration.minutes(16),
      properties: { ...properties },
    });
    rollout.node.addDependency(this.node.findChild('Role'));
    web.endpoint.node.addDependency(rollout);
  }
}

function rights(
  scope: Construct,
  { router, web, alarmNames, probeKeyId, frontSecret }: WebFunctionRolloutProps,
): iam.PolicyStatement[] {
  const { partition, region, account } = Stack.of(scope);
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const rows: readonly (readonly [actions: readonly string[], resources: readonly string[]])[] = [
    [
      ['lambda:GetWebFunctionEndpoint', 'lambda:UpdateWebFunctionEndpoint'],
      [`${router.functionArn}`, `${router.functionArn}/endpoint/${web.endpointName}`],
    ],
    [['logs:FilterLogEvents'], [router.logGroup.logGroupArn]],
    [['cloudwatch:DescribeAlarms'], alarmNames.map((name) => arn('cloudwatch', `alarm:${name}`))],
    [
      ['apigateway:GET'],
      probeKeyId === undefined ? [] : [`arn:${partition}:apigateway:${region}::/apikeys/${probeKeyId}`],
    ],
    [['secretsmanager:GetSecretValue'], frontSecret === undefined ? [] : [frontSecret.secretArn]],
  ];
  return rows
    .filter(([, resources]) => resources.length > 0)
    .map(([actions, resources]) => new iam.PolicyStatement({ actions: [...actions], resources: [...resources] }));
}
