import { AwsClient } from 'google-auth-library';
import { SIMULATED_GOOGLE } from '../../../local/hosts';
import { useHosts } from './caller';

const start = useHosts();

interface SubjectToken {
  url: string;
  method: string;
  headers: { key: string; value: string }[];
}

/** What Google's own library signs with these credentials. */
async function subjectToken(change: (token: SubjectToken) => void = () => undefined): Promise<string> {
  const [{ accessKeyId, secretAccessKey } = { accessKeyId: '', secretAccessKey: '' }] = SIMULATED_GOOGLE.sessions;
  const client = new AwsClient({
    audience: SIMULATED_GOOGLE.audience,
    subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
    aws_security_credentials_supplier: {
      getAwsRegion: async () => 'eu-central-1',
      getAwsSecurityCredentials: async () => ({ accessKeyId, secretAccessKey, token: 'a-session-token' }),
    },
  });
  const token = JSON.parse(decodeURIComponent(await client.retrieveSubjectToken())) as SubjectToken;
  change(token);
  return encodeURIComponent(JSON.stringify(token));
}

const header = ({ headers }: SubjectToken, name: string) => {
  const found = headers.find(({ key }) => key.toLowerCase() === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

async function exchange(subject_token: string, form: Record<string, string> = {}) {
  const host = await start('vertex');
  const response = await fetch(`${host.url}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      audience: SIMULATED_GOOGLE.audience,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
      subject_token,
      ...form,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it("exchanges what Google's library signs", async () => {
  expect(await exchange(await subjectToken())).toMatchObject({
    status: 200,
    body: { access_token: expect.stringMatching(/^ya29\./) as string, expires_in: 3600 },
  });
});

it.each<[string, (token: SubjectToken) => void, RegExp]>([
  ['another session token', (token) => (header(token, 'x-amz-security-token').value = 'x'), /SignatureDoesNotMatch/],
  [
    'an altered signature',
    (token) =>
      (header(token, 'authorization').value = header(token, 'authorization').value.replace(/.{8}$/, '00000000')),
    /SignatureDoesNotMatch/,
  ],
  [
    'an unknown key',
    (token) =>
      (header(token, 'authorization').value = header(token, 'authorization').value.replace(
        /Credential=[^/]+/,
        'Credential=AKIDOTHER',
      )),
    /InvalidClientTokenId/,
  ],
  ['no date', (token) => (header(token, 'x-amz-date').value = ''), /IncompleteSignature/],
  ['another method', (token) => (token.method = 'GET'), /not a signed GetCallerIdentity request/],
  [
    'another action',
    (token) => (token.url = token.url.replace('GetCallerIdentity', 'AssumeRole')),
    /not a signed GetCallerIdentity/,
  ],
  [
    'a host that is not AWS',
    (token) => (token.url = token.url.replace('amazonaws.com', 'example.com')),
    /not a signed/,
  ],
  [
    'another audience inside',
    (token) => (header(token, 'x-goog-cloud-target-resource').value = 'x'),
    /another audience/,
  ],
])('refuses %s', async (_, change, message) => {
  const { status, body } = await exchange(await subjectToken(change));
  expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  expect(body['error_description']).toMatch(message);
});

it('refuses a signature after a quarter of an hour', async () => {
  const token = await subjectToken();
  const signedAt = Date.now();
  const clock = jest.spyOn(Date, 'now');
  clock.mockReturnValue(signedAt + 14 * 60_000);
  expect((await exchange(token)).status).toBe(200);
  clock.mockReturnValue(signedAt + 16 * 60_000);
  expect((await exchange(token)).body['error_description']).toMatch(/SignatureDoesNotMatch/);
  clock.mockRestore();
});

it('refuses what is no token at all, and an audience that there is not', async () => {
  expect((await exchange('%E0%A4%A')).body).toMatchObject({ error: 'invalid_grant' });
  const audience = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/other/providers/aws';
  expect((await exchange(await subjectToken(), { audience })).body).toMatchObject({ error: 'invalid_target' });
});
