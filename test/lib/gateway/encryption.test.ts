import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { statementsOf } from '../router/router-stack';
import { gatewayIn, newStack } from './gateway-stack';

/** Everything there can be, so that every function is there. */
function template(prop: 'encryptionKey' | 'environmentEncryption'): Template {
  const stack = newStack();
  gatewayIn(stack, {
    chain: [Host.anthropic({ keys: [new ProviderKey(stack, 'Key')] }), Host.bedrock()],
    canary: { outsideView: {} },
    [prop]: new kms.Key(stack, 'Encryption'),
  });
  return Template.fromStack(stack);
}
const KEY = { 'Fn::GetAtt': [expect.stringMatching(/^Encryption/), 'Arn'] };
const properties = (all: Template, type: string): Record<string, unknown>[] =>
  Object.values(all.findResources(type)).map((resource) => resource['Properties'] as Record<string, unknown>);
/** Without those of the CDK, which have no environment. */
const functions = (all: Template): Record<string, unknown>[] =>
  properties(all, 'AWS::Lambda::Function').filter(({ Environment }) => Environment !== undefined);

it.each(['environmentEncryption', 'encryptionKey'] as const)(
  '%s encrypts the environment of every function',
  (prop) => {
    const all = template(prop);
    // Router, authorizer, hook, canary, key reminder, spend watch.
    expect(functions(all)).toHaveLength(6);
    for (const each of functions(all)) expect(each['KmsKeyArn']).toEqual(KEY);
    expect(properties(all, 'AWS::Synthetics::Canary')).toEqual([expect.objectContaining({ KmsKeyArn: KEY })]);
  },
);

describe('one key', () => {
  const all = template('encryptionKey');

  it.each([
    ['AWS::Logs::LogGroup', { KmsKeyId: KEY }],
    ['AWS::SNS::Topic', { KmsMasterKeyId: KEY }],
    ['AWS::SecretsManager::Secret', { KmsKeyId: KEY }],
    [
      'AWS::DynamoDB::GlobalTable',
      {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [expect.objectContaining({ SSESpecification: { KMSMasterKeyId: KEY } })],
      },
    ],
  ])('encrypts every %s', (type, expected) => {
    const found = properties(all, type);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatchObject(expected);
  });

  it('lets in the services that use it, each for this account alone', () => {
    const [{ KeyPolicy }] = properties(all, 'AWS::KMS::Key') as [{ KeyPolicy: { Statement: object[] } }];
    const text = JSON.stringify(KeyPolicy);
    for (const service of ['dynamodb', 'lambda', 'secretsmanager', 'sns'])
      expect(text).toContain(`${service}.us-east-1.`);
    expect(KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      }),
    );
    expect(text).toMatch(/"Service":(\{[^}]*|")logs\.us-east-1|logs\.us-east-1/);
    const open = KeyPolicy.Statement.filter((statement) => JSON.stringify(statement).includes('"AWS":"*"'));
    for (const statement of open) expect(JSON.stringify(statement)).toContain('"kms:CallerAccount":"123456789012"');
  });
});

it('leaves a secret with a key of its own as it is', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Own');
  const keys = [new ProviderKey(stack, 'Key', { encryptionKey })];
  gatewayIn(stack, { chain: [Host.anthropic({ keys })], encryptionKey: new kms.Key(stack, 'Encryption') });
  expect(properties(Template.fromStack(stack), 'AWS::SecretsManager::Secret')).toEqual([
    expect.objectContaining({ KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] } }),
  ]);
});

it('denies to the code of a function in a VPC what Lambda itself needs for its network interfaces', () => {
  const stack = newStack();
  gatewayIn(stack, { vpc: new ec2.Vpc(stack, 'Vpc') });
  const network = statementsOf(Template.fromStack(stack), 'GatewayRouterRole').filter(({ Action }) =>
    JSON.stringify(Action).includes('ec2:'),
  );
  expect(network.map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
  const [allowed, denied] = network;
  expect(denied).toMatchObject({ Action: allowed?.['Action'], Resource: '*' });
  expect(JSON.stringify(denied?.['Condition'])).toMatch(
    /\{"ArnLike":\{"lambda:SourceFunctionArn":.*:lambda:us-east-1:123456789012:function:\*"/,
  );
});
