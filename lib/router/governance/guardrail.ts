import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { GuardrailConfig, RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';

/** A guardrail of Amazon Bedrock that looks at texts, whatever host they go to. Each look costs by 1,000 characters; see docs/policy.md. */
export interface GuardrailProps {
  /** Id or ARN of the guardrail, in the router's account; an id is looked for in the stack's region. */
  readonly guardrail: string;
  /** Its version: a number, or `DRAFT`. */
  readonly version: string;
  /**
   * Whether answers are looked at too. They are then given when they are whole, and the client's routes need `Commit.COMPLETE`.
   * @default false - what users and tools say
   */
  readonly output?: boolean;
  /**
   * Whether requests go without it while it cannot be asked.
   * @default false - they are refused
   */
  readonly failOpen?: boolean;
}

/** As the router reads it. */
export function guardrailConfig(
  scope: Construct,
  /** Where it stands: the beginning of what is quoted in errors. */
  at: string,
  { guardrail, version, output, failOpen }: GuardrailProps,
): GuardrailConfig {
  const { region } = Stack.of(scope);
  // Partition and account of an ARN may be known at the deployment only.
  const parts = guardrail.startsWith('arn:') ? Arn.split(guardrail, ArnFormat.SLASH_RESOURCE_NAME) : undefined;
  const id = parts?.resourceName ?? guardrail;
  if (!Token.isUnresolved(id) && !/^[a-z0-9]+$/.test(id)) {
    throw new ValidationError(
      scope,
      `${at}.guardrail' is '${guardrail}'; it must be an id of lower case letters and digits, or the ARN of a guardrail`,
    );
  }
  if (!Token.isUnresolved(version) && !/^([1-9]\d{0,7}|DRAFT)$/.test(version)) {
    throw new ValidationError(scope, `${at}.version' is '${version}'; it must be a number, or DRAFT`);
  }
  return { id, version, region: parts?.region ?? region, output, whenDown: failOpen ? 'open' : undefined };
}

/** To ask those guardrails, and nothing else of them. */
export function grantGuardrails(
  scope: Construct,
  { clients = [], guardrail }: Pick<RouterConfig, 'clients' | 'guardrail'>,
  grantee: iam.IGrantable,
): void {
  const all = [guardrail, ...clients.map(({ policy }) => policy?.guardrail)];
  const resources = all.flatMap((each) =>
    each === undefined
      ? []
      : [
          Stack.of(scope).formatArn({
            service: 'bedrock',
            resource: 'guardrail',
            resourceName: each.id,
            region: each.region,
          }),
        ],
  );
  if (resources.length === 0) return;
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['bedrock:ApplyGuardrail'],
    resourceArns: [...new Set(resources)],
  });
}
