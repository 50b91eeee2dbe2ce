import { Annotations, CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { FORMS } from '../contract';
import { ValidationError } from '../validation-error';

/** Names of roles are an account's, over all regions; whoever trusts one by its name, as Google does, knows no other. */
export function checkRoleName(scope: Construct, name: string): void {
  if (Token.isUnresolved(name)) return;
  const [form, right] = FORMS.roleName;
  if (!form.test(name)) {
    throw new ValidationError(
      scope,
      `'roleName' must be ${right}, got '${name}'; a shorter name of the stack makes a shorter one`,
    );
  }
  for (const other of rolesNamed(scope, name)) {
    const text = `'roleName' is '${name}', as ${other.node.path} is called, and an account has each name once; give another`;
    if (inOneAccount(scope, other)) throw new ValidationError(scope, text);
    if (mayShareAccount(scope, other)) {
      Annotations.of(scope).addWarningV2('cdk-claude-failover:sharedRoleName', `${text}, unless the accounts differ`);
    }
  }
}

function rolesNamed(scope: Construct, name: string): CfnResource[] {
  const resources = scope.node.root.node.findAll().filter((each) => CfnResource.isCfnResource(each));
  return resources.filter((each) => each.cfnResourceType === 'AWS::IAM::Role' && (each as CfnRole).roleName === name);
}

const compare = (one: Construct, other: Construct): TokenComparison =>
  Token.compareStrings(Stack.of(one).account, Stack.of(other).account);

const inOneAccount = (one: Construct, other: Construct): boolean =>
  Stack.of(one) === Stack.of(other) || compare(one, other) === TokenComparison.SAME;

const mayShareAccount = (one: Construct, other: Construct): boolean =>
  compare(one, other) !== TokenComparison.DIFFERENT;
