import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * What a canary of Synthetics needs, as its documentation has it ("Required roles and permissions for canaries"), for this one
 * canary, and without X-Ray. The CDK's own role would write the logs of all canaries.
 */
export function syntheticsRole(scope: Construct, canaryName: string, artifacts: s3.IBucket): iam.Role {
  const logGroups = Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: `/aws/lambda/cwsyn-${canaryName}-*`,
  });
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const allow = (actions: string[], resource: string, conditions?: iam.PolicyStatementProps['conditions']): void => {
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
  };
  allow(['s3:GetObject', 's3:PutObject'], artifacts.arnForObjects('*'));
  allow(['s3:GetBucketLocation'], artifacts.bucketArn);
  allow(['s3:ListAllMyBuckets'], '*');
  allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], logGroups);
  allow(['cloudwatch:PutMetricData'], '*', { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } });
  return role;
}
