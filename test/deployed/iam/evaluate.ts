import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { ACCOUNT } from '../stack/test-config';
import { roleOf, type Access } from './access';
import type { AccountPolicies, Policies, Policy } from './account-policies';

/** What IAM says against an access, in the words of its errors; nothing, where it is allowed. */
export type Refusal = string | undefined;

/**
 * What AWS allows and its published list of actions and resources, by which the evaluator checks its input, does not have: a model without
 * a region is in Bedrock's documentation of global profiles, a job through a profile in that of batch inference, and the right to report to a
 * deployment group in CodeDeploy's and SAM's.
 */
const NOT_LISTED = [
  { action: /^bedrock:(InvokeModel|CreateModelInvocationJob)/, resource: /^arn:aws:bedrock:::foundation-model\// },
  { action: /^bedrock:CreateModelInvocationJob$/, resource: /:inference-profile\// },
  // Newer than the list.
  { action: /^lambda:(Get|Update)WebFunctionEndpoint$/, resource: /:web-function\// },
  { action: /^codedeploy:PutLifecycleEventHookExecutionStatus$/, resource: /:deploymentgroup:/ },
];

export async function evaluate(access: Access, account: AccountPolicies): Promise<Refusal> {
  const { principal, action, resource, context } = access;
  const role = account.roles.find(({ arn }) => arn === roleOf(principal));
  const endpoint = account.endpoints.find(({ id }) => id === context['aws:SourceVpce']);
  const simulation: Simulation = {
    request: { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: { ...context } },
    identityPolicies: named(role?.policies ?? {}),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: policyOf(resource, action, account),
    ...(role && Object.keys(role.boundary).length > 0 && { permissionBoundaryPolicies: named(role.boundary) }),
    ...(endpoint?.policy && { vpcEndpointPolicies: named({ [endpoint.id]: endpoint.policy }) }),
  };
  if (NOT_LISTED.some((gap) => gap.action.test(action) && gap.resource.test(resource))) {
    return runUnsafeSimulation(simulation, {}) === 'Allowed'
      ? undefined
      : said(access, no('identity-based policy', action));
  }
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome.errors)}`);
  if (outcome.overallResult === 'Allowed') return undefined;
  const analysis = outcome.resultType === 'single' ? outcome.result.analysis : outcome.results[0]?.analysis;
  const denied = DENIERS.find(([part]) => analysis?.[part]?.result === 'ExplicitlyDenied')?.[1];
  const blocked = BLOCKERS[analysis?.blockedBy?.[0] ?? 'identity'] ?? 'identity-based policy';
  return said(access, denied ? `with an explicit deny in ${denied}` : no(blocked, action));
}

const said = ({ principal, action, resource }: Access, why: string): string =>
  `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
const no = (policy: string, action: string): string => `because no ${policy} allows the ${action} action`;

const DENIERS = [
  ['identityAnalysis', 'an identity-based policy'],
  ['resourceAnalysis', 'a resource-based policy'],
  ['permissionBoundaryAnalysis', 'a permissions boundary'],
  ['endpointAnalysis', 'a VPC endpoint policy'],
] as const;
const BLOCKERS: Readonly<Record<string, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  pb: 'permissions boundary',
  vpce: 'VPC endpoint policy',
};

/** A role's own policy is that by which it is assumed; a function has one for all of its versions and aliases, a bucket for its objects. */
function policyOf(resource: string, action: string, { roles, resources }: AccountPolicies): Policy | undefined {
  if (action === 'sts:AssumeRole') return roles.find(({ arn }) => arn === resource)?.trust;
  const holder = resource
    .replace(/^(arn:aws:lambda:[^:]+:\d+:function:[^:]+):.+$/, '$1')
    .replace(/^(arn:aws:s3:::[^/]+)\/.+$/, '$1');
  return resources[holder];
}

const named = (policies: Policies) => Object.entries(policies).map(([name, policy]) => ({ name, policy }));
