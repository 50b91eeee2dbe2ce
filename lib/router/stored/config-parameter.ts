import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

/** Whoever reads a configuration when it starts: a function, or what is yet to become a web function or a task. */
export interface ConfigReader {
  addEnvironment(name: string, value: string): unknown;
  addToRolePolicy(statement: iam.PolicyStatement): void;
}

/** The largest value an SSM parameter of the advanced tier has. */
export const PARAMETER_BYTES = 8_192;
const UNKNOWN_BYTES: Readonly<Record<string, number>> = { apiKeyId: 10, keySha256: 64, frontSecretSha256: 64 };
/** What a property takes whose value is known at deployment only: an id, a digest, or else a secret's ARN at its longest. */
export const unknownBytes = (key: string): number => UNKNOWN_BYTES[key] ?? 150;

/** Of the JSON once CloudFormation has filled it in. */
export const filledBytes = (value: unknown): number =>
  Buffer.byteLength(
    JSON.stringify(value, (key, part: unknown) => (Token.isUnresolved(part) ? 'x'.repeat(unknownBytes(key)) : part)),
  );

/** The name follows the content: a version keeps the configuration it was published with, also when it is rolled back to. */
export function storeParameter(
  scope: Construct,
  reader: ConfigReader,
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
  reader.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }),
  );
  return parameter;
}
