import { awsCredentialSource } from '../../lambda/aws/aws-credentials';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

test('come from the environment, with the session token of a role', async () => {
  expect(await awsCredentialSource({ ...KEYS, AWS_SESSION_TOKEN: 'token' }).read()).toEqual({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  });
  expect(await awsCredentialSource(KEYS).read()).toEqual({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
});

test('read anew are different only when they are', async () => {
  const env: Record<string, string> = { ...KEYS };
  const source = awsCredentialSource(env);
  await source.read();
  expect(await source.refresh()).toBe(false);
  env['AWS_ACCESS_KEY_ID'] = 'AKIDOTHER';
  expect(await source.refresh()).toBe(true);
});

describe('outside Lambda', () => {
  const before = { ...process.env };
  beforeEach(() => {
    process.env = Object.fromEntries(Object.entries(before).filter(([name]) => !name.startsWith('AWS_')));
    Object.assign(process.env, {
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });
  afterEach(() => {
    process.env = { ...before };
  });

  test("come from the SDK's own chain", async () => {
    Object.assign(process.env, KEYS);
    expect(await awsCredentialSource({}).read()).toMatchObject({ accessKeyId: 'AKIDEXAMPLE' });
  });

  test('that are nowhere are a credential error', async () => {
    const source = awsCredentialSource({});
    await expect(source.read()).rejects.toMatchObject({ name: 'HostError', kind: 'credential' });
    await expect(source.read()).rejects.toThrow(/^no AWS credentials: /);
    expect(await source.refresh()).toBe(false);
  });
});
