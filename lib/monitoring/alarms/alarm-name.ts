import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Alarms of an account and region share their names, as stacks do: so the stack's own name comes first, and then the path in it. The
 * whole path would begin with construct ids, which two deployments of one app have in common.
 */
export function alarmName(scope: Construct, id: string): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  const { scopes } = scope.node;
  const inStack = scopes.slice(scopes.indexOf(stack) + 1).map(({ node }) => node.id);
  return [stack.stackName, ...inStack, id].join('/');
}
