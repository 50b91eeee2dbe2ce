import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { RouterRuntime, RuntimeDraft } from './runtime';

/** Collects what a web function or a task is told when it is made. */
export function collectingDraft(
  given: Readonly<Record<string, string>>,
  { role, logGroup }: { readonly role: iam.Role; readonly logGroup: logs.ILogGroup },
  complete: (environment: Readonly<Record<string, string>>) => RouterRuntime,
): RuntimeDraft {
  const environment: Record<string, string> = { ...given };
  return {
    grantPrincipal: role,
    logGroup,
    addEnvironment: (name, value) => void (environment[name] = value),
    addToRolePolicy: (statement) => void role.addToPolicy(statement),
    complete: () => complete(environment),
  };
}
