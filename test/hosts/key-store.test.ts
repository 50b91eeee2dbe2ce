import type { KeySource } from '../../lib/contract';
import { createKeyStore, type KeyStore } from '../../lambda/hosts/key-store';
import { json, recordingServer, type RecordingServer } from './recording-server';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:claude/key-AbCdEf';
const VALUE = 'sk-ant-api03-the-real-one';

const store = (env: Record<string, string>, ...sources: KeySource[]): KeyStore =>
  createKeyStore('first', sources.length > 0 ? sources : [{ env: 'KEY' }], { ...process.env, ...env });

async function failure(read: () => string | Promise<string>): Promise<Error> {
  const value = await Promise.resolve()
    .then(read)
    .catch((error: unknown) => error);
  expect(value).toMatchObject({ name: 'HostError', kind: 'credential' });
  return value as Error;
}

describe('a key in the environment', () => {
  test('is there at once, without the line break an editor has left', () => {
    expect(store({ KEY: `${VALUE}\n` }).read('KEY')).toBe(VALUE);
  });

  test.each(['', '  ', 'REPLACE_ME', 'replace-with-key', 'changeme', '<your key>'])(
    'that reads %j is not used, and the error says what to do',
    async (value) => {
      const { message } = await failure(() => store({ KEY: value }).read('KEY'));
      expect(message).toBe(
        'host first: the key in environment variable KEY is still a placeholder; put the real key there',
      );
    },
  );

  test('that does not look like one of its vendor’s is not used: Secrets Manager fills empty secrets with random text', async () => {
    const keys = createKeyStore('anthropic', [{ env: 'KEY' }], { KEY: 'q7G&kz1' }, 'sk-ant-');
    const { message } = await failure(() => keys.read('KEY'));
    expect(message).toBe(
      'host anthropic: the key in environment variable KEY does not begin with sk-ant-; put the real key there',
    );
  });

  test('that cannot stand in a header is not used, and is not repeated', async () => {
    const { message } = await failure(() => store({ KEY: 'two words-secret' }).read('KEY'));
    expect(message).toContain('has characters that no key has');
    expect(message).not.toContain('secret');
  });

  test('cannot be read anew', async () => {
    expect(await store({ KEY: VALUE }).refresh('KEY')).toBe(false);
  });

  test('is found by its id; without an id the first one is meant', async () => {
    const keys = store({ A: 'key-a', B: 'key-b' }, { env: 'A' }, { env: 'B' });
    expect(keys.ids).toEqual(['A', 'B']);
    expect([keys.read('B'), keys.read(undefined)]).toEqual(['key-b', 'key-a']);
    expect((await failure(() => keys.read('C'))).message).toBe('host first: no key C');
  });
});

describe('a key in Secrets Manager', () => {
  const before = { ...process.env };
  let server: RecordingServer;
  let secret: object;
  let status: number;
  beforeEach(async () => {
    secret = { SecretString: VALUE };
    status = 200;
    server = await recordingServer((response, request) =>
      json({ ARN, Name: 'n', ...secret }, status)(response, request),
    );
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
    });
    // The reader of secrets keeps what it has read, and with it the first test's secret.
    jest.resetModules();
  });
  afterEach(async () => {
    process.env = { ...before };
    await server.close();
  });

  test('has an id without the account, and is read once, from its own region', async () => {
    const keys = store({}, { secretArn: ARN });
    expect(keys.ids).toEqual(['claude/key-AbCdEf']);
    expect(await Promise.all([keys.read(undefined), keys.read(undefined)])).toEqual([VALUE, VALUE]);
    expect(keys.read(undefined)).toBe(VALUE);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers.authorization).toContain('/eu-west-1/secretsmanager/');
    expect(JSON.parse(String(server.requests[0]?.body))).toEqual({ SecretId: ARN });
  });

  test('may be a field of a JSON secret, whose other fields stay where they are', async () => {
    secret = { SecretString: JSON.stringify({ api_key: VALUE, other: 'o' }) };
    const keys = store({}, { secretArn: ARN, field: 'api_key' });
    expect(keys.ids).toEqual(['claude/key-AbCdEf#api_key']);
    expect(await keys.read(undefined)).toBe(VALUE);
  });

  test.each([
    ['{"other":"sk-secret"}', 'has no text in its field "api_key"'],
    ['{"api_key":{"a":"sk-secret"}}', 'has no text in its field "api_key"'],
    ['sk-secret', 'is not JSON, so it has no field "api_key"'],
  ])('a secret that reads %s has no such key, and the error does not repeat it', async (text, what) => {
    secret = { SecretString: text };
    const { message } = await failure(() => store({}, { secretArn: ARN, field: 'api_key' }).read(undefined));
    expect(message).toBe(`host first: the key in secret claude/key-AbCdEf#api_key ${what}`);
  });

  test('that was rotated is noticed on refresh, and only then', async () => {
    const keys = store({}, { secretArn: ARN });
    await keys.read(undefined);
    expect(await keys.refresh(undefined)).toBe(false);
    secret = { SecretString: 'sk-ant-api03-the-next-one' };
    expect(keys.read(undefined)).toBe(VALUE);
    expect(await keys.refresh(undefined)).toBe(true);
    expect(keys.read(undefined)).toBe('sk-ant-api03-the-next-one');
  });

  test('that cannot be read is told, and asked for again the next time', async () => {
    status = 400;
    secret = { __type: 'AccessDeniedException', message: 'no identity-based policy allows it' };
    const keys = store({}, { secretArn: ARN });
    expect((await failure(() => keys.read(undefined))).message).toMatch(
      /^host first: the key in secret claude\/key-AbCdEf cannot be read: .*no identity-based policy allows it/,
    );
    expect(await keys.refresh(undefined)).toBe(false);
    status = 200;
    secret = { SecretString: VALUE };
    expect(await keys.read(undefined)).toBe(VALUE);
  });

  test('that is a placeholder says where to put the real one, and is asked for again', async () => {
    secret = { SecretString: 'REPLACE_ME' };
    const keys = store({}, { secretArn: ARN });
    expect((await failure(() => keys.read(undefined))).message).toBe(
      'host first: the key in secret claude/key-AbCdEf is still a placeholder; put the real key there',
    );
    expect(await keys.refresh(undefined)).toBe(false);
    secret = { SecretString: VALUE };
    expect(await keys.refresh(undefined)).toBe(true);
    expect(keys.read(undefined)).toBe(VALUE);
  });

  test('that replaces a placeholder is found by itself, by the next request after the secret’s five seconds in the cache', async () => {
    secret = { SecretString: 'REPLACE_ME' };
    const keys = store({}, { secretArn: ARN });
    await failure(() => keys.read(undefined));
    secret = { SecretString: VALUE };
    await failure(() => keys.read(undefined));
    expect(server.requests).toHaveLength(1);
    const later = Date.now() + 6000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    try {
      expect(await keys.read(undefined)).toBe(VALUE);
    } finally {
      clock.mockRestore();
    }
    expect(keys.read(undefined)).toBe(VALUE);
    expect(server.requests).toHaveLength(2);
  });
});
