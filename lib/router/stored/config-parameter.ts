import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

/** The largest value an SSM parameter of the advanced tier has. */
export const PARAMETER_BYTES = 8_192;
/** What a property takes whose value is known at deployment only: the id of an API Gateway key, or else a secret's ARN at its longest. */
export const unknownBytes = (key: string): number => (key === 'apiKeyId' ? 10 : 150);

/** Of the JSON once CloudFormation has filled it in. */
export const filledBytes = (value: unknown): number =>
  Buffer.byteLength(
    JSON.stringify(value, (key, part: unknown) => (Token.isUnresolved(part) ? 'x'.repeat(unknownBytes(key)) : part)),
  );

/** The name follows the content: a version keeps the configuration it was published with, also when it is rolled back to. */
export function storeParameter(
  scope: Construct,
  fn: lambda.Function,
  value: unknown,
  id = 'Config',
): ssm.StringParameter {
  const json = Stack.of(scope).toJsonString(value);
  const content = createHash('sha256')
    .update(JSON.stringify(Stack.of(scope).resolve(json)))
    .digest('hex')
    .slice(0, 8);
  const parameter = new ssm.StringParameter(scope, `${id}${content}`, {
    description: 'Configuration of the failover router',
    stringValue: json,
    tier: ssm.ParameterTier.INTELLIGENT_TIERING,
  });
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }));
  return parameter;
}
