import { createHash } from 'node:crypto';
import { digestsOf } from '../../../lambda/functions/key-digest/digests';
import { customResource } from '../../../lambda/functions/custom-resource/custom-resource';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const KEYS: Readonly<Record<string, string>> = { abc123: 'the key of search', 'arn:one': 'the key of chat' };
const read = (place: string): Promise<string> =>
  KEYS[place] === undefined ? Promise.reject(new Error('cannot be read')) : Promise.resolve(KEYS[place]);
const readers = { apiKey: read, secret: read };

const EVENT = {
  RequestType: 'Create',
  ResponseURL: 'https://example.com/answer',
  StackId: 'arn:stack',
  RequestId: 'request',
  LogicalResourceId: 'KeyDigests',
  ResourceProperties: { ServiceToken: 'arn:function', ApiKeyIds: ['abc123'], SecretArns: ['arn:one'] },
};

async function asked(event: object): Promise<unknown> {
  const told: unknown[] = [];
  const work = ({ ApiKeyIds, SecretArns }: Readonly<Record<string, unknown>>) =>
    digestsOf({ apiKeyIds: ApiKeyIds as string[], secretArns: SecretArns as string[] }, readers);
  await customResource(work, (url, body) => {
    expect(url).toBe(EVENT.ResponseURL);
    told.push(JSON.parse(body));
    return Promise.resolve();
  })(event);
  expect(told).toHaveLength(1);
  return told[0];
}

test('a stack is told by what its keys are known, and not their values', async () => {
  const answer = await asked(EVENT);
  expect(answer).toEqual({
    Status: 'SUCCESS',
    StackId: 'arn:stack',
    RequestId: 'request',
    LogicalResourceId: 'KeyDigests',
    PhysicalResourceId: 'KeyDigests',
    Data: { Digest0: sha256('the key of search'), Digest1: sha256('the key of chat') },
  });
  expect(JSON.stringify(answer)).not.toContain('the key');
});

test('a key that cannot be read fails the deployment by its name, instead of letting it wait', async () => {
  const ResourceProperties = { ...EVENT.ResourceProperties, ApiKeyIds: ['abc123', 'gone'] };
  expect(
    await asked({ ...EVENT, RequestType: 'Update', PhysicalResourceId: 'KeyDigests', ResourceProperties }),
  ).toEqual(
    expect.objectContaining({ Status: 'FAILED', Reason: 'gone: cannot be read', PhysicalResourceId: 'KeyDigests' }),
  );
});

test('nothing has to be there for the stack to be deleted', async () => {
  const ResourceProperties = { ApiKeyIds: ['gone'], SecretArns: [] };
  expect(await asked({ ...EVENT, RequestType: 'Delete', ResourceProperties })).toMatchObject({ Status: 'SUCCESS' });
});
