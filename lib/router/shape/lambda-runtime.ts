import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LIVE_ALIAS, LONGEST_INVOCATION_MS } from '../../contract';
import { ValidationError } from '../../validation-error';
import { bundledFunction } from '../bundled-function';
import type { RuntimeDraft, RuntimeProps } from './runtime';

/** A Lambda function and its alias `live`, behind API Gateway or whatever invokes it. */
export function prepareLambda(scope: Construct, props: RuntimeProps): RuntimeDraft {
  const fn = bundledFunction(scope, {
    bundle: 'router',
    description: 'Claude from the first host of a chain that answers',
    roleName: props.roleName,
    memorySize: memorySize(scope, props.memorySize),
    timeout: longestRequest(scope, props.timeout),
    environment: props.environment,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
    tracing: props.tracing,
    architecture: props.architecture,
    logRetention: props.logRetention,
    removalPolicy: props.removalPolicy,
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    securityGroups: props.securityGroups,
  });
  return {
    grantPrincipal: fn.role!,
    logGroup: fn.logGroup,
    addEnvironment: (name, value) => fn.addEnvironment(name, value),
    addToRolePolicy: (statement) => fn.addToRolePolicy(statement),
    complete() {
      const alias = new lambda.Alias(scope, 'Alias', {
        aliasName: LIVE_ALIAS,
        version: fn.currentVersion,
        provisionedConcurrentExecutions: provisioned(scope, props),
      });
      return {
        arn: alias.functionArn,
        name: fn.functionName,
        connections: fn.isBoundToVpc ? fn.connections : undefined,
        onLambda: { function: fn, alias },
      };
    },
  };
}

function memorySize(scope: Construct, value = 1024): number {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 128 && value <= 10_240)) return value;
  throw new ValidationError(scope, `'memorySize' must be a whole number of MiB from 128 to 10240, got ${value}`);
}

function provisioned(scope: Construct, props: RuntimeProps): number | undefined {
  const { provisionedConcurrentExecutions: value, reservedConcurrentExecutions: reserved = Infinity } = props;
  if (value === undefined || Token.isUnresolved(value)) return value;
  if (Number.isInteger(value) && value >= 1 && (Token.isUnresolved(reserved) || value <= reserved)) return value;
  const limit = Number.isFinite(reserved) ? ` up to the ${reserved} of 'reservedConcurrentExecutions'` : '';
  throw new ValidationError(
    scope,
    `'provisionedConcurrentExecutions' must be a whole number from 1${limit}, got ${value}; leave it out for none`,
  );
}

export function longestRequest(scope: Construct, value = Duration.millis(LONGEST_INVOCATION_MS)): Duration {
  const ms = value.isUnresolved() ? LONGEST_INVOCATION_MS : value.toMilliseconds();
  if (ms >= 1_000 && ms <= LONGEST_INVOCATION_MS && Number.isInteger(ms / 1_000)) return value;
  throw new ValidationError(
    scope,
    `'timeout' must be whole seconds from 1 and at most 15 minutes, Lambda's own limit, got ${value.toHumanString()}`,
  );
}
