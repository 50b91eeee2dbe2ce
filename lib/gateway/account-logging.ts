import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ValidationError } from '../validation-error';

/** The one role by which API Gateway writes the logs of all APIs of an account in a region. */
export interface AccountLoggingProps {
  /**
   * Whether the stack sees to that role. Say false where the account has one already that is not to be touched.
   * @default true
   */
  readonly cloudWatchRole?: boolean;
  /**
   * A role that is there already, for API Gateway to write logs by: of this API, and of all others.
   * @default - a new one, shared by all APIs of this stack. It stays when the stack is deleted: other APIs may log by it by then.
   */
  readonly accessLogRole?: iam.IRole;
}

interface AccountLogging {
  readonly api: Pick<apigateway.RestApiProps, 'cloudWatchRole' | 'cloudWatchRoleRemovalPolicy'>;
  /** Makes the stage wait until API Gateway may write its log. */
  attach(api: apigateway.RestApi): void;
}

/** The setting is the account's, so a stack has it once, also for what else in it is an API. */
export function accountLogging(
  scope: Construct,
  { cloudWatchRole = true, accessLogRole }: AccountLoggingProps,
): AccountLogging {
  if (accessLogRole && !cloudWatchRole) {
    throw new ValidationError(
      scope,
      "'accessLogRole' is given and 'cloudWatchRole' is false, which leaves the account's role as it is; give one of the two",
    );
  }
  if (!cloudWatchRole) return { api: { cloudWatchRole: false }, attach: () => undefined };
  const existing = accountOf(scope);
  if (existing && accessLogRole && existing.cloudWatchRoleArn !== accessLogRole.roleArn) {
    throw new ValidationError(
      scope,
      `'accessLogRole' is another role than the one that ${existing.node.path} sets for all APIs of the account; ` +
        'give the same to every gateway of the stack',
    );
  }
  return {
    api:
      existing || accessLogRole
        ? { cloudWatchRole: false }
        : { cloudWatchRole: true, cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN },
    attach: (api) => {
      if (existing) api.deploymentStage.node.addDependency(existing);
      else if (accessLogRole) api.deploymentStage.node.addDependency(setRole(api, accessLogRole));
    },
  };
}

function accountOf(scope: Construct): apigateway.CfnAccount | undefined {
  const stack = Stack.of(scope);
  const found = stack.node
    .findAll()
    .filter((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::ApiGateway::Account');
  return found.find((each) => Stack.of(each) === stack) as apigateway.CfnAccount | undefined;
}

/** Under the id at which the CDK has it, so that an update puts the one role in the place of the other. */
function setRole(api: apigateway.RestApi, { roleArn: cloudWatchRoleArn }: iam.IRole): apigateway.CfnAccount {
  const account = new apigateway.CfnAccount(api, 'Account', { cloudWatchRoleArn });
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  account.node.addDependency(api.node.defaultChild!);
  return account;
}
