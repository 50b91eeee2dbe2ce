import { vertexAccess } from '../../../bin/vertex-access';
import { Residency, type VertexAccessProps } from '../../../lib/cdktf';
import { LEAST } from './google-config';
import { terraformJson } from './terraform-json';

it.each<[string, Partial<VertexAccessProps>, RegExp]>([
  [
    'a project id',
    { projectId: 'My Project' },
    /'projectId' must be the id of the Google Cloud project.*got 'My Project'/,
  ],
  ['a project number', { projectNumber: 'my-project' }, /'projectNumber' must be .* gcloud projects describe/],
  ['a pool', { poolId: 'a'.repeat(33) }, /'poolId' must be 4 to 32 lower case letters, digits and dashes/],
  ["a pool of Google's own", { poolId: 'gcp-pool' }, /'poolId' must be .*not beginning with gcp-, got 'gcp-pool'/],
  ['a provider', { providerId: 'aws' }, /'providerId' must be 4 to 32.*got 'aws'/],
  ['a service account', { serviceAccountId: 'me' }, /'serviceAccountId' must be 6 to 30/],
  ['an AWS account', { account: '1234' }, /'account' must be an AWS account number.*aws sts get-caller-identity/],
  ['a role for predictions', { predictRole: 'aiplatform.user' }, /'predictRole' must be a role such as roles\//],
  [
    'the name of an AWS role',
    { roleNames: ['path/router'] },
    /'roleNames' must be names of AWS roles.*got 'path\/router'/,
  ],
  ['nobody to let in', { roleNames: [] }, /'roleNames' must name at least one AWS role/],
  [
    'a bucket of jobs',
    { jobsBuckets: ['mine'] },
    /'jobsBucket' must be a bucket of Cloud Storage, such as gs:.*got 'mine'/,
  ],
  ['a location', { hosts: [{ location: 'EU' }] }, /'location' must be global, us, eu or a region.*got 'EU'/],
  [
    'a region without the model',
    { hosts: [{ location: 'europe-west2' }], models: ['claude-opus-5-5'] },
    /'location' europe-west2 is not known to serve claude-opus-5-5; take global, us, eu or one of asia-east1.*'modelIds'/,
  ],
  ['a model that there is not', { models: ['claude-opus-55'] }, /unknown model.*claude-opus-5-5/s],
  ['models that Vertex does not have', { models: ['claude-mythos-5'] }, /Vertex has none of claude-mythos-5/],
  [
    'a location outside the residency',
    { residency: Residency.EU, hosts: [{ location: 'us' }] },
    /'residency' EU is left by the Vertex host in 'us' \(us\); remove it, or give it a region/,
  ],
])('%s that is wrong stops synth, with the remedy and the place', (_, change, message) => {
  expect(() => terraformJson(LEAST, change)).toThrow(message);
  expect(() => terraformJson(LEAST, change)).toThrow(/at construct path "ClaudeFailover\/Vertex"/);
});

it('says everything at once', () => {
  expect(() => terraformJson(LEAST, { projectId: 'X', account: '1', poolId: '' })).toThrow(
    /'projectId'.*\n'poolId'.*\n'account'/,
  );
});

it('takes a region that Google has added since, for models whose ids are given', () => {
  const hosts = [{ location: 'europe-west2', modelIds: { 'claude-opus-5-5': 'claude-opus-5-5' } }];
  expect(() => terraformJson(LEAST, { hosts, models: ['claude-opus-5-5'] })).not.toThrow();
});

it.each(['global', 'us', 'eu', 'us-east5', 'europe-west1'])('takes %s', (location) => {
  expect(() => terraformJson(LEAST, { hosts: [{ location }] })).not.toThrow();
});

describe('a configuration that the AWS stack can do without', () => {
  it('needs its Google project here', () => {
    expect(() => vertexAccess({ ...LEAST, google: undefined })).toThrow(/google: missing;.*projectId, projectNumber/);
  });

  it('needs its AWS account here, and says how to find it', () => {
    expect(() => vertexAccess({ ...LEAST, account: undefined })).toThrow(
      /account: missing;.*aws sts get-caller-identity --query Account --output text/,
    );
  });
});
