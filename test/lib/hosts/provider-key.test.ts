import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { createKeyStore } from '../../../lambda/hosts/key-store';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey, type ProviderKeyProps } from '../../../lib/hosts/provider-key';
import { HostStack } from './host-stack';

const secretOf = (props: ProviderKeyProps) => {
  const stack = new HostStack();
  new ProviderKey(stack, 'Key', props);
  const [secret] = Object.values(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'));
  return secret!;
};

it('holds a placeholder the router refuses to send, and goes with the stack', async () => {
  const { Properties, DeletionPolicy } = secretOf({});
  expect(Properties).toEqual({ Description: expect.any(String), SecretString: 'REPLACE_ME' });
  expect(DeletionPolicy).toBe('Delete');
  const store = createKeyStore('anthropic', [{ env: 'KEY' }], { KEY: Properties.SecretString });
  await expect(async () => store.read(undefined)).rejects.toThrow(/still a placeholder/);
});

it('puts the placeholder where the router looks for the key in a JSON secret', () => {
  const secret = secretOf({ field: 'apiKey' });
  expect(JSON.parse(secret.Properties.SecretString)).toEqual({ apiKey: 'REPLACE_ME' });
});

it('takes name, replicas and what happens to it at the end', () => {
  const secret = secretOf({
    secretName: 'claude/anthropic',
    replicaRegions: ['us-west-2', 'eu-west-1'],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  expect(secret).toMatchObject({
    Properties: { Name: 'claude/anthropic', ReplicaRegions: [{ Region: 'us-west-2' }, { Region: 'eu-west-1' }] },
    DeletionPolicy: 'Retain',
  });
});

it('reminds after 90 days unless told otherwise', () => {
  const stack = new HostStack();
  const { secret, rotationReminder } = new ProviderKey(stack, 'A');
  expect(rotationReminder.toDays()).toBe(90);
  expect(new ProviderKey(stack, 'B', { rotationReminder: Duration.days(30) }).rotationReminder.toDays()).toBe(30);
  expect(ProviderKey.fromSecret(stack, 'C', secret).rotationReminder.toDays()).toBe(90);
});

it.each<[ProviderKeyProps, RegExp]>([
  [
    { rotationReminder: Duration.hours(12) },
    /'rotationReminder' must be one day or more, in whole days, got 0\.5 days/,
  ],
  [{ replicaRegions: ['us-east-1'] }, /'replicaRegions' has 'us-east-1', where the secret itself is/],
])('%j stops synth', (props, message) => {
  expect(() => secretOf(props)).toThrow(message);
});

describe('a router', () => {
  it('may read the keys of its chain, and no other', () => {
    const stack = new HostStack();
    new ProviderKey(stack, 'Other');
    stack.bind([
      Host.anthropic({ keys: [new ProviderKey(stack, 'First'), new ProviderKey(stack, 'Second')] }),
      Host.foundry({ resource: 'r', keys: [new ProviderKey(stack, 'Azure')] }),
    ]);
    const read = (id: string): object => ({
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: { Ref: expect.stringMatching(new RegExp(`^${id}Secret`)) },
    });
    expect(stack.statements()).toEqual([read('First'), read('Second'), read('Azure')]);
  });

  it('may decrypt with the key of the customer, through Secrets Manager only', () => {
    const stack = new HostStack();
    const encryptionKey = new kms.Key(stack, 'Kms');
    stack.bind([Host.anthropic({ keys: [new ProviderKey(stack, 'Key', { encryptionKey })] })]);
    const secrets = Template.fromStack(stack).findResources('AWS::SecretsManager::Secret');
    const [secret] = Object.values(secrets);
    expect(secret?.Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Kms/), 'Arn'] });
    const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    expect(key?.Properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Action: 'kms:Decrypt',
        Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } },
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
      }),
    );
  });

  it('may read a field of a secret that exists already', () => {
    const stack = new HostStack();
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/anthropic-a1B2c3';
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', arn);
    const key = ProviderKey.fromSecret(stack, 'Key', secret, 'apiKey');
    const { hosts } = stack.bind([Host.anthropic({ keys: [key] })]);
    expect(hosts[0]?.config).toMatchObject({ keys: [{ secretArn: arn, field: 'apiKey' }] });
    expect(stack.statements()).toEqual([expect.objectContaining({ Resource: arn })]);
  });
});
