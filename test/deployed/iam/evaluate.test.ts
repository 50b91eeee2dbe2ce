import { accessDenied } from './access-denied';
import type { AccountPolicies, Policies, Policy, Statement } from './account-policies';
import { evaluate } from './evaluate';
import { rightsOf } from './rights';
import { unusedRights } from './unused-rights';

const ROLE = 'arn:aws:iam::123456789012:role/router';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf';
const READ = 'secretsmanager:GetSecretValue';
const ACCESS = {
  principal: 'arn:aws:sts::123456789012:assumed-role/router/fn',
  action: READ,
  resource: SECRET,
  context: { 'aws:RequestedRegion': 'us-east-1', 'aws:SourceVpce': 'vpce-1' },
};
const policy = (...statements: Partial<Statement>[]): Policy => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({ Effect: 'Allow', Action: READ, Resource: SECRET, ...statement })),
});

function account(change: Partial<AccountPolicies> = {}, boundary?: Policy): AccountPolicies {
  const trust = {
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  } as const;
  const roles = [
    { arn: ROLE, trust, policies: { own: policy({}) }, boundary: (boundary ? { boundary } : {}) as Policies },
  ];
  return { roles, resources: {}, topicKeys: {}, endpoints: [], deploymentGroups: [], ...change };
}
const endpoint = (allows: Policy | null) => ({
  endpoints: [{ id: 'vpce-1', vpc: 'vpc-1', service: 'secretsmanager', policy: allows }],
});

it('allows what a policy of the role allows', async () => {
  expect(await evaluate(ACCESS, account())).toBeUndefined();
  expect(await evaluate(ACCESS, account(endpoint(null)))).toBeUndefined();
});

it.each<[what: string, account: AccountPolicies, why: RegExp]>([
  [
    'no policy allows it',
    account({ roles: [] }),
    /because no identity-based policy allows the secretsmanager:GetSecretValue action$/,
  ],
  [
    'the boundary of the role does not allow it',
    account({}, policy({ Action: 'secretsmanager:ListSecretVersionIds' })),
    /because no permissions boundary allows/,
  ],
  [
    'the policy of the VPC endpoint does not allow it',
    account(endpoint(policy({ Principal: '*', Resource: `${SECRET}-other` }))),
    /because no VPC endpoint policy allows/,
  ],
  [
    'the policy of the secret denies it',
    account({ resources: { [SECRET]: policy({ Effect: 'Deny', Principal: '*', Resource: '*' }) } }),
    /with an explicit deny in a resource-based policy$/,
  ],
])('refuses in the words of AWS where %s', async (_, policies, why) => {
  expect(await evaluate(ACCESS, policies)).toMatch(why);
});

it('a role is assumed by whom it trusts, and by nobody else', async () => {
  const assume = { action: 'sts:AssumeRole', resource: ROLE, context: {} };
  expect(await evaluate({ principal: 'lambda.amazonaws.com', ...assume }, account())).toBeUndefined();
  expect(await evaluate({ principal: 'events.amazonaws.com', ...assume }, account())).toMatch(/not authorized/);
});

it('finds each action and each resource that no call needs, and none that one needs', async () => {
  const wide = policy({ Action: [READ, 'secretsmanager:DescribeSecret'], Resource: [SECRET, `${SECRET}2`] });
  const [role] = account().roles;
  const policies = account({ roles: [{ ...role!, policies: { wide } }] });
  const assume = { principal: 'lambda.amazonaws.com', action: 'sts:AssumeRole', resource: ROLE, context: {} };
  const ledger = [ACCESS, assume].map((access) => ({ access, refusal: undefined }));
  expect(rightsOf(policies)).toHaveLength(5);
  expect(await unusedRights(policies, ledger)).toEqual([
    'wide, statement 0: secretsmanager:DescribeSecret',
    `wide, statement 0: ${SECRET}2`,
  ]);
});

it('writes a refusal as the service does', () => {
  expect(accessDenied('dynamodb', 'no')).toMatchObject({
    status: 400,
    body: '{"__type":"AccessDeniedException","Message":"no"}',
  });
  expect(accessDenied('lambda', 'no')).toMatchObject({
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
  });
  expect(accessDenied('sns', '<no>').body).toContain('<Code>AuthorizationError</Code><Message>&#60;no></Message>');
});
