import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Host } from '../../../lib/hosts/host';
import { BatchJobs } from '../../../lib/router/batches/jobs/batch-jobs';
import { FailoverRouter } from '../../../lib/router/failover-router';
import type { Asked } from '../../deployed/iam/access';
import type { AccountPolicies, DeployedRole, Policy } from '../../deployed/iam/account-policies';
import { evaluate } from '../../deployed/iam/evaluate';
import { ACCOUNT, REGION } from '../../deployed/stack/test-config';
import { MODEL } from './sdk';

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly AssumeRolePolicyDocument: Policy;
    readonly PolicyDocument: Policy;
    readonly Roles: readonly string[];
  };
}

const iamRole = (id: string): string => `arn:aws:iam::${ACCOUNT}:role/${id}`;

/** A router with batch jobs of Bedrock, with what a deployment fills in: ARNs of roles and buckets, and names. */
function resources(): Readonly<Record<string, Resource>> {
  const stack = new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const batches = { jobs: [BatchJobs.bedrock({ host: 'bedrock' })] };
  new FailoverRouter(stack, 'Router', { chain: [Host.bedrock()], models: [MODEL], batches });
  const template = Template.fromStack(stack).toJSON();
  const made = template['Resources'] as Readonly<Record<string, Resource>>;
  const fill = (_: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': of, 'Fn::Join': join } = value as Readonly<Record<string, unknown>>;
    if (typeof Ref === 'string') return Ref;
    if (Array.isArray(join)) return (join[1] as unknown[]).join('');
    if (!Array.isArray(of)) return value;
    const id = String(of[0]);
    return made[id]?.Type === 'AWS::S3::Bucket' ? `arn:aws:s3:::${id.toLowerCase()}` : iamRole(id);
  };
  return JSON.parse(JSON.stringify(made), fill) as typeof made;
}

const all = Object.entries(resources());
const ofType = (type: string) => all.filter(([, { Type }]) => Type === type);
const roles = ofType('AWS::IAM::Role').map(([id, { Properties }]): DeployedRole => {
  const own = ofType('AWS::IAM::Policy').filter(([, policy]) => policy.Properties.Roles.includes(id));
  return {
    arn: iamRole(id),
    trust: Properties.AssumeRolePolicyDocument,
    policies: Object.fromEntries(own.map(([name, policy]) => [name, policy.Properties.PolicyDocument])),
    boundary: {},
  };
});
const account: AccountPolicies = { roles, resources: {}, topicKeys: {}, endpoints: [], deploymentGroups: [] };

const roleNamed = (id: RegExp): string => roles.find(({ arn }) => id.test(arn))!.arn;
export const ROUTER = roleNamed(/role\/RouterRole/);
export const JOB_ROLE = roleNamed(/role\/RouterBatchesJobs/);
export const BUCKET = `arn:aws:s3:::${ofType('AWS::S3::Bucket')[0]![0].toLowerCase()}`;

/** What IAM says against it, by the template's policies alone; nothing, where it is allowed. */
export const refusalOf = (principal: string, asked: Asked): Promise<string | undefined> =>
  evaluate({ principal, context: {}, ...asked }, account);

export const sessionOf = (role: string): string =>
  role.replace(/^arn:aws:iam::(\d+):role\/(.*)$/, 'arn:aws:sts::$1:assumed-role/$2/session');
