import { roleOf, type Access } from './access';
import {
  many,
  type AccountPolicies,
  type DeployedRole,
  type Policies,
  type Policy,
  type Statement,
} from './account-policies';

/** One right that a deployed policy gives, or one thing that it forbids. */
export interface Right {
  readonly effect: Statement['Effect'];
  /** Policy, place in it, and what of the statement. */
  readonly name: string;
  /** The account as it would be without it. */
  readonly without: AccountPolicies;
  /** Whether it could have to do with the access at all. */
  concerns(access: Access): boolean;
}

/** A policy of the account, and the account with another one in its place. */
interface Place extends Pick<Right, 'name' | 'concerns'> {
  readonly policy: Policy;
  put(policy: Policy): AccountPolicies;
}

/** Each action and each resource of each statement by itself. Policies of AWS's own are as they are. */
export function rightsOf(account: AccountPolicies): Right[] {
  return placesIn(account).flatMap(({ name, policy, put, concerns }) => {
    const statements = many(policy.Statement);
    return statements.flatMap((statement, at) =>
      partsOf(statement).map(({ what, rest }) => ({
        effect: statement.Effect,
        name: `${name}, statement ${at}: ${what}`,
        without: put({ ...policy, Statement: statements.flatMap((other, i) => (i === at ? rest : other)) }),
        concerns,
      })),
    );
  });
}

interface StatementPart {
  readonly what: string;
  readonly rest: readonly Statement[];
}

function partsOf(statement: Statement): StatementPart[] {
  const [actions, resources] = [many(statement.Action), many(statement.Resource)];
  const but = <T>(all: readonly T[], one: T): T[] => all.filter((other) => other !== one);
  const parts = [
    ...actions.map((one) => ({ what: one, rest: { ...statement, Action: but(actions, one) }, of: actions.length })),
    ...resources.map((one) => ({
      what: one,
      rest: { ...statement, Resource: but(resources, one) },
      of: resources.length,
    })),
  ].filter(({ of }) => of > 1);
  if (parts.length > 0) return parts.map(({ what, rest }) => ({ what, rest: [rest] }));
  return [{ what: [...actions, ...resources].join(' '), rest: [] }];
}

function placesIn(account: AccountPolicies): Place[] {
  const { roles, resources, endpoints } = account;
  const withRole = (role: DeployedRole, change: Partial<DeployedRole>): AccountPolicies => ({
    ...account,
    roles: roles.map((other) => (other === role ? { ...role, ...change } : other)),
  });
  const ofRoles = roles.flatMap((role): Place[] => {
    const by = (access: Access): boolean => roleOf(access.principal) === role.arn;
    const policies = (of: 'policies' | 'boundary'): Place[] =>
      own(role[of]).map(([name, policy]) => ({
        name,
        policy,
        put: (changed) => withRole(role, { [of]: { ...role[of], [name]: changed } }),
        concerns: by,
      }));
    return [
      ...policies('policies'),
      ...policies('boundary'),
      {
        name: `trust of ${role.arn}`,
        policy: role.trust,
        put: (trust) => withRole(role, { trust }),
        concerns: ({ action, resource }) => action === 'sts:AssumeRole' && resource === role.arn,
      },
    ];
  });
  const ofResources = own(resources).map(([arn, policy]): Place => ({
    name: arn,
    policy,
    put: (changed) => ({ ...account, resources: { ...resources, [arn]: changed } }),
    concerns: ({ resource }) => resource.startsWith(arn),
  }));
  const ofEndpoints = endpoints.flatMap((endpoint): Place[] => {
    const { id, policy } = endpoint;
    if (policy === null) return [];
    const put = (changed: Policy): AccountPolicies => ({
      ...account,
      endpoints: endpoints.map((other) => (other === endpoint ? { ...endpoint, policy: changed } : other)),
    });
    return [{ name: id, policy, put, concerns: ({ context }) => context['aws:SourceVpce'] === id }];
  });
  return [...ofRoles, ...ofResources, ...ofEndpoints];
}

const own = (policies: Policies): [name: string, policy: Policy][] =>
  Object.entries(policies).filter(([name]) => !name.startsWith('arn:aws:iam::aws:policy/'));
