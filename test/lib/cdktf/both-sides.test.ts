import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GatewayStack } from '../../../bin/gateway-stack';
import type { RouterConfig, VertexHostConfig } from '../../../lib/contract';
import type { FailoverConfig } from '../../../bin/failover-config';
import { EVERYTHING, LEAST } from './google-config';
import { only, resources, terraformJson } from './terraform-json';

/** What the router's function is given, with references written as `?`. */
function vertexHosts(template: Template): VertexHostConfig[] {
  const texts = Object.values(template.findResources('AWS::Lambda::Function')).flatMap(({ Properties }) => {
    const value = (Properties as { Environment?: { Variables?: Record<string, unknown> } }).Environment?.Variables?.[
      'FAILOVER_CONFIG'
    ];
    const parts = (value as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join']?.[1];
    return value === undefined ? [] : [parts?.map((part) => (typeof part === 'string' ? part : '?')).join('') ?? value];
  });
  const { hosts } = JSON.parse(String(texts[0])) as RouterConfig;
  return hosts.filter((host) => host.kind === 'vertex');
}

const roleNames = (template: Template): unknown[] =>
  Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => {
    const name: unknown = (Properties as Record<string, unknown>)['RoleName'];
    return name === undefined ? [] : [name];
  });

describe.each<[string, FailoverConfig]>([
  ['the least configuration', LEAST],
  ['every option', EVERYTHING],
])('with %s, two deployments that know nothing of each other agree', (_, config) => {
  const template = Template.fromStack(new GatewayStack(new App(), config));
  const json = terraformJson(config);
  const hosts = vertexHosts(template);

  it('on the audience: the router asks for a token of the pool and provider that Terraform makes', () => {
    const pool = only(json, 'google_iam_workload_identity_pool');
    const provider = only(json, 'google_iam_workload_identity_pool_provider');
    const made =
      `//iam.googleapis.com/projects/${config.google?.projectNumber}/locations/global/workloadIdentityPools/` +
      `${String(pool['workload_identity_pool_id'])}/providers/${String(provider['workload_identity_pool_provider_id'])}`;
    expect(hosts.length).toBeGreaterThan(0);
    for (const { federation } of hosts) expect(federation?.audience).toBe(made);
    for (const { project } of hosts) expect(project).toBe(pool['project']);
  });

  it("on the role: Google lets in the one that the router's function runs as", () => {
    const [router] = roleNames(template);
    const arn = `arn:aws:sts::${config.account}:assumed-role/${String(router)}`;
    expect(only(json, 'google_iam_workload_identity_pool_provider')['attribute_condition']).toContain(`'${arn}'`);
    const members = [
      ...resources(json, 'google_project_iam_member'),
      ...resources(json, 'google_service_account_iam_member'),
    ].map(({ member }) => member);
    expect(members).toContainEqual(expect.stringMatching(new RegExp(`/attribute\\.aws_role/${arn}$`)));
  });

  it('on the service account', () => {
    const [account] = resources(json, 'google_service_account');
    const made = account && `${String(account['account_id'])}@${String(account['project'])}.iam.gserviceaccount.com`;
    for (const { federation } of hosts) expect(federation?.serviceAccount).toBe(made);
  });
});
