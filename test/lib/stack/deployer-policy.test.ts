import { runSimulation } from '@cloud-copilot/iam-simulate';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, readonly string[]>> };
}

const DOCS = resolve(__dirname, '../../../docs');
const POLICY = JSON.parse(readFileSync(resolve(DOCS, 'deployer-policy.json'), 'utf8')) as { Statement: Statement[] };
const ACCOUNT = '123456789012';

/** One that the stack could have. */
const example = (pattern: string, action: string): string =>
  pattern === '*'
    ? '*'
    : pattern
        .replace('arn:aws:iam::*', `arn:aws:iam::${ACCOUNT}`)
        .replace(/^arn:aws:(\w+):\*:\*:/, `arn:aws:$1:us-east-1:${ACCOUNT}:`)
        .replace(/^arn:aws:apigateway:\*:/, 'arn:aws:apigateway:us-east-1:')
        .replace('cloudwatch::*:', `cloudwatch::${ACCOUNT}:`)
        .replace('::/*', action === 'apigateway:POST' ? '::/restapis' : '::/restapis/x/gatewayresponses/x')
        .replaceAll('*', 'x');

const ask = (action: string, resource: string, contextVariables: Record<string, string> = {}) =>
  runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/cdk-hnb659fds-cfn-exec-role/AWSCloudFormation`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables,
      },
      identityPolicies: [{ name: 'deployer', policy: POLICY }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );

const RIGHTS = POLICY.Statement.flatMap(({ Action, Resource, Condition }) =>
  Action.map((action) => [action, Resource, Condition?.StringEquals['iam:PassedToService']?.[0]] as const),
);

it.each(RIGHTS)('lets CloudFormation do %s on %s', async (action, resource, service) => {
  const context: Record<string, string> = service === undefined ? {} : { 'iam:PassedToService': service };
  const outcome = await ask(action, example(resource, action), context);
  expect(outcome).toMatchObject({ overallResult: 'Allowed' });
});

it.each<[what: string, action: string, resource: string, context: Record<string, string>]>([
  ['a role of somebody else', 'iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/Admin`, {}],
  [
    'the role of another service',
    'iam:PassRole',
    `arn:aws:iam::${ACCOUNT}:role/ClaudeFailover-x`,
    { 'iam:PassedToService': 'ec2.amazonaws.com' },
  ],
  [
    'a function of somebody else',
    'lambda:UpdateFunctionCode',
    `arn:aws:lambda:us-east-1:${ACCOUNT}:function:other`,
    {},
  ],
  [
    'the value of a secret',
    'secretsmanager:GetSecretValue',
    `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:k-AbCdEf`,
    {},
  ],
])('does not let it touch %s', async (_, action, resource, context) => {
  expect(await ask(action, resource, context)).toMatchObject({ overallResult: 'ImplicitlyDenied' });
});

/** In the snapshot of everything there is, and in nobody's stack who has not asked for it. */
const OPTIONAL = ['bedrock', 'kms', 'synthetics', 'wafv2'];
/** Services by the name in a type of CloudFormation. */
const SERVICES: Readonly<Record<string, string>> = { Logs: 'logs', IAM: 'iam', CDK: '' };

it('has a statement for every service of the stack, and none for another', () => {
  const snapshot = readFileSync(resolve(__dirname, '__snapshots__/stack-snapshot.test.ts.snap'), 'utf8');
  const wanted = [...snapshot.matchAll(/"Type": "AWS::(\w+)::\w+"/g)].map(
    ([, name = '']) => SERVICES[name] ?? name.toLowerCase(),
  );
  const given = RIGHTS.map(([action]) => action.split(':')[0] ?? '');
  // The code of the functions is in the bucket of the CDK's bootstrap.
  const needed = [...wanted.filter((name) => name !== '' && !OPTIONAL.includes(name)), 's3'];
  expect(new Set(given)).toEqual(new Set(needed));
});
