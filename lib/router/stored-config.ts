import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { ENV, type RouterConfig } from '../contract';
import { ValidationError } from '../validation-error';

/** A Lambda function's variables are 4096 bytes in all; the others of the router, and one or two of the user's, take the rest. */
const ENVIRONMENT_BYTES = 3_400;
/** The largest value an SSM parameter of the advanced tier has. */
const PARAMETER_BYTES = 8_192;
/** A value known at deployment only, such as a secret's ARN, is counted with so many bytes. */
const TOKEN = 'x'.repeat(150);

/** `taken`: bytes of the environment that further variables need. Puts the configuration into the function's environment, or where that has no room, into a parameter it reads once. */
export function storeConfig(
  scope: Construct,
  fn: lambda.Function,
  config: RouterConfig,
  { taken = 0 }: { readonly taken?: number } = {},
): void {
  const bytes = Buffer.byteLength(
    JSON.stringify(config, (_, value: unknown) => (Token.isUnresolved(value) ? TOKEN : value)),
  );
  const json = Stack.of(scope).toJsonString(config);
  if (bytes <= ENVIRONMENT_BYTES - taken) {
    fn.addEnvironment(ENV.CONFIG, json);
    return;
  }
  if (bytes > PARAMETER_BYTES) {
    throw new ValidationError(
      scope,
      `the router's configuration takes about ${bytes} bytes; at most ${PARAMETER_BYTES} fit into an SSM parameter. ` +
        'Use fewer hosts, routes, clients or modelIds, or divide them among several routers',
    );
  }
  // The name follows the content: a version keeps the configuration it was published with, also when it is rolled back to.
  const content = createHash('sha256')
    .update(JSON.stringify(Stack.of(scope).resolve(json)))
    .digest('hex')
    .slice(0, 8);
  const parameter = new ssm.StringParameter(scope, `Config${content}`, {
    description: 'Configuration of the failover router',
    stringValue: json,
    tier: ssm.ParameterTier.INTELLIGENT_TIERING,
  });
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }));
  fn.addEnvironment(ENV.CONFIG_PARAMETER, parameter.parameterName);
}
