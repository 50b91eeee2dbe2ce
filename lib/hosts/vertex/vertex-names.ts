/**
 * Names that the AWS stack and the Google side both derive from `failover.config.ts`, so that neither needs anything of the
 * other's deployment. Imports nothing.
 */

/** Workload identity pool, where none is named. */
export const POOL_ID = 'claude-failover';
/** The pool's AWS provider, where none is named. */
export const PROVIDER_ID = 'aws-router';

/** The stack's name, where none is given. */
export const STACK_NAME = 'ClaudeFailover';
/** AWS takes 64 characters for a role's name: these, and the longest of its endings. */
export const LONGEST_STACK_NAME = 64 - '-router'.length;

/** Roles of the functions that call Vertex, by which Google knows them. */
export function roleNames(stackName: string): { readonly router: string; readonly canary: string } {
  return { router: `${stackName}-router`, canary: `${stackName}-canary` };
}

export interface PoolNames {
  readonly projectNumber: string;
  readonly poolId?: string;
  readonly providerId?: string;
}

export function poolName({ projectNumber, poolId = POOL_ID }: PoolNames): string {
  return `projects/${projectNumber}/locations/global/workloadIdentityPools/${poolId}`;
}

/** What a token exchange is asked for, and what the signed identity is meant for. */
export function audience(names: PoolNames): string {
  return `//iam.googleapis.com/${poolName(names)}/providers/${names.providerId ?? PROVIDER_ID}`;
}

/** A role as its sessions name it, which is all that Google gets to see: without a path and without the session. */
export function assumedRole(account: string, roleName: string): string {
  return `arn:aws:sts::${account}:assumed-role/${roleName}`;
}

/** Everyone in the pool whose `aws_role` is that role. */
export function principalSet(names: PoolNames, role: string): string {
  return `principalSet://iam.googleapis.com/${poolName(names)}/attribute.aws_role/${role}`;
}

export function serviceAccountEmail(accountId: string, projectId: string): string {
  return `${accountId}@${projectId}.iam.gserviceaccount.com`;
}
