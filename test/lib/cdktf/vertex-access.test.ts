import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING, LEAST } from './google-config';
import { only, resources, terraformJson } from './terraform-json';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/ClaudeFailover';
const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/claude-failover';
const least = terraformJson(LEAST);
const everything = terraformJson(EVERYTHING);

/** A failure means: Google's side changes at the next apply. write-golden.ts writes them anew; read the difference. */
it.each([
  ['least', least],
  ['everything', everything],
])('makes what golden/%s.tf.json says', (name, json) => {
  expect(json).toEqual(JSON.parse(readFileSync(join(__dirname, `golden/${name}.tf.json`), 'utf8')));
});

describe('who is let in', () => {
  it('is a session of the router or of the canary, of this AWS account', () => {
    expect(only(least, 'google_iam_workload_identity_pool_provider')).toMatchObject({
      aws: { account_id: '111122223333' },
      attribute_condition: `attribute.aws_role in ['${ROLE}-router', '${ROLE}-canary']`,
    });
  });

  it('is known by the account and the role, whatever the name of the session', () => {
    const { attribute_mapping } = only(least, 'google_iam_workload_identity_pool_provider');
    const session = `${ROLE}-router/a-function-whose-name-has-as-many-as-sixty-four-characters-in-it`;
    const mapped = Object.entries(attribute_mapping as Record<string, string>).map(([name, expression]) => [
      name,
      evaluate(expression, session),
    ]);
    expect(Object.fromEntries(mapped)).toEqual({
      'google.subject': 'ClaudeFailover-router',
      'attribute.aws_role': `${ROLE}-router`,
    });
  });

  it('may predict and nothing else', () => {
    expect(only(least, 'google_project_iam_custom_role')['permissions']).toEqual(['aiplatform.endpoints.predict']);
    const grants = resources(least, 'google_project_iam_member');
    expect(grants.map(({ member }) => member)).toEqual(
      ['router', 'canary'].map((end) => `principalSet://iam.googleapis.com/${POOL}/attribute.aws_role/${ROLE}-${end}`),
    );
    for (const { role } of grants) expect(role).toMatch(/^\$\{google_project_iam_custom_role\.\w+\.name\}$/);
    expect(Object.keys(least.resource).filter((type) => /_binding$|_policy$|_key$/.test(type))).toEqual([]);
  });

  it('has another role where one is named', () => {
    const json = terraformJson(LEAST, { predictRole: 'roles/aiplatform.user' });
    expect(resources(json, 'google_project_iam_custom_role')).toEqual([]);
    expect(resources(json, 'google_project_iam_member')[0]).toMatchObject({ role: 'roles/aiplatform.user' });
  });

  it('acts as a service account where there is one, which alone may predict', () => {
    expect(only(everything, 'google_project_iam_member')['member']).toMatch(
      /^\$\{google_service_account\.\w+\.member\}$/,
    );
    const grants = resources(everything, 'google_service_account_iam_member');
    expect(grants.map(({ role }) => role)).toEqual(Array(2).fill('roles/iam.workloadIdentityUser'));
    expect(grants.map(({ member }) => String(member).split('/').at(-1))).toEqual(['Claude-router', 'Claude-canary']);
  });
});

describe('batch jobs', () => {
  const jobs = { vertex: { bucket: 'gs://mine', location: 'us-east5' }, bedrock: { minRequests: 200 } };

  it('are nothing where nobody has any', () => {
    expect(JSON.stringify([least, everything])).not.toMatch(/storage|aiplatform\.user/);
  });

  it('are made by who is let in, who may use their bucket', () => {
    const json = terraformJson({ ...LEAST, batches: { jobs } });
    const may = (type: string, role: string) =>
      resources(json, type)
        .filter((grant) => grant['role'] === role)
        .map(({ bucket, member }) => [bucket, String(member).split('/').at(-1)]);
    expect(may('google_project_iam_member', 'roles/aiplatform.user')).toEqual([
      [undefined, 'ClaudeFailover-router'],
      [undefined, 'ClaudeFailover-canary'],
    ]);
    expect(may('google_storage_bucket_iam_member', 'roles/storage.objectUser')).toEqual([
      ['mine', 'ClaudeFailover-router'],
      ['mine', 'ClaudeFailover-canary'],
    ]);
  });
});

it('enables the APIs that are needed, and leaves them enabled', () => {
  const apis = (json: typeof least) => resources(json, 'google_project_service').map(({ service }) => String(service));
  expect(
    apis(least)
      .map((service) => service.replace('.googleapis.com', ''))
      .sort(),
  ).toEqual(['aiplatform', 'cloudresourcemanager', 'iam', 'sts']);
  expect(apis(everything)).toHaveLength(9);
  for (const api of resources(everything, 'google_project_service')) expect(api['disable_on_destroy']).toBe(false);
});

it('records who called, unless that is left to the project', () => {
  expect(only(least, 'google_project_iam_audit_config')).toMatchObject({ service: 'aiplatform.googleapis.com' });
  const silent = terraformJson(LEAST, { auditLogs: false, logSink: { location: 'EU' } });
  expect(Object.keys(silent.resource).filter((type) => /audit|sink|bigquery/.test(type))).toEqual([]);
});

it('keeps the records in BigQuery, where they outlive what made them', () => {
  expect(only(everything, 'google_bigquery_dataset')).toMatchObject({
    delete_contents_on_destroy: false,
    location: 'EU',
    default_partition_expiration_ms: 400 * 86_400_000,
    labels: { team: 'platform' },
  });
  expect(only(everything, 'google_bigquery_dataset_iam_member')['member']).toMatch(/writer_identity\}$/);
});

it('names no path of a machine, so that it can be applied on any', () => {
  expect(JSON.stringify([least, everything])).not.toContain(process.cwd());
});

/** As much of the Common Expression Language as the mappings use: Google's `extract`, and `+`. */
function evaluate(expression: string, arn: string): string {
  const terms = expression.split(' + ').map((term) => {
    const template = /^assertion\.arn\.extract\('(.*)'\)$/.exec(term)?.[1];
    if (template === undefined) return /^'(.*)'$/.exec(term)?.[1] ?? 'unknown';
    const [before = '', after = ''] = template.split(/\{\w+\}/);
    const start = arn.indexOf(before) + before.length;
    return arn.slice(start, arn.indexOf(after, start));
  });
  return terms.join('');
}
