import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { ProjectIamCustomRole } from '@cdktf/provider-google/lib/project-iam-custom-role';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { assumedRole, POOL_ID, principalSet, PROVIDER_ID } from '../hosts/vertex/vertex-names';
import { Apis } from './apis';
import { AuditTrail } from './audit-trail';
import { checkVertexAccess } from './check-vertex-access';
import { Spending } from './spending';
import type { VertexAccessProps } from './vertex-access-props';

const PURPOSE = 'Claude on Vertex AI for the failover router in AWS';

/**
 * Lets the router's AWS role, and nothing else, call Claude on Vertex AI in a Google Cloud project. No Google key exists: Google
 * asks AWS who the caller is.
 */
export class VertexAccess extends Construct {
  /** Whom Google lets in: one set of principals a role. */
  public readonly principals: readonly string[];
  private readonly apis: Apis;

  constructor(scope: Construct, id: string, props: VertexAccessProps) {
    super(scope, id);
    checkVertexAccess(this, props);
    const { projectId: project, predictRole } = props;
    const apis = (this.apis = new Apis(this, 'Api', project));
    // What the router calls: the model, and the exchange of its identity for a token.
    apis.needed('aiplatform', 'sts');

    const roles = props.roleNames.map((name) => assumedRole(props.account, name));
    this.principals = roles.map((role) => principalSet(props, role));
    const provider = this.identityProvider(props, roles);
    const role = predictRole ?? this.predictor(props).name;
    const dependsOn = [provider, ...apis.needed('cloudresourcemanager')];
    for (const [index, member] of this.members(props, provider).entries()) {
      // A member and never a binding, which would take the role from everyone else.
      new ProjectIamMember(this, `MayPredict-${index + 1}`, { project, role, member, dependsOn });
      this.letMakeJobs(`${index + 1}`, member, props, dependsOn);
    }
    if (props.auditLogs ?? true) new AuditTrail(this, 'AuditTrail', { ...props, apis });
    new Spending(this, 'Spending', { ...props, apis });
  }

  private identityProvider(props: VertexAccessProps, roles: readonly string[]): IamWorkloadIdentityPoolProvider {
    const { projectId: project, poolId = POOL_ID, providerId = PROVIDER_ID, account: accountId } = props;
    const pool = new IamWorkloadIdentityPool(this, 'Pool', {
      project,
      workloadIdentityPoolId: poolId,
      displayName: 'Claude failover',
      description: PURPOSE,
      dependsOn: this.apis.needed('iam'),
    });
    return new IamWorkloadIdentityPoolProvider(this, 'Provider', {
      project,
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: providerId,
      displayName: 'The router in AWS',
      description: PURPOSE,
      aws: { accountId },
      attributeMapping: {
        // Google takes 127 characters. A session's ARN has the function's name too, and would be longer.
        'google.subject': "assertion.arn.extract('assumed-role/{role}/')",
        'attribute.aws_role':
          "assertion.arn.extract('{account}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role}/')",
      },
      attributeCondition: `attribute.aws_role in [${roles.map((role) => `'${role}'`).join(', ')}]`,
    });
  }

  private letMakeJobs(
    id: string,
    member: string,
    { projectId: project, jobsBuckets = [] }: VertexAccessProps,
    dependsOn: ITerraformDependable[],
  ): void {
    if (jobsBuckets.length === 0) return;
    new ProjectIamMember(this, `MayMakeJobs-${id}`, { project, role: 'roles/aiplatform.user', member, dependsOn });
    for (const [index, bucket] of jobsBuckets.entries()) {
      new StorageBucketIamMember(this, `MayUseBucket-${index + 1}-${id}`, {
        bucket: bucket.replace('gs://', ''),
        role: 'roles/storage.objectUser',
        member,
        dependsOn,
      });
    }
  }

  private predictor({ projectId: project, poolId = POOL_ID }: VertexAccessProps): ProjectIamCustomRole {
    return new ProjectIamCustomRole(this, 'Predictor', {
      project,
      // One a pool, so that two of them may share a project.
      roleId: `${poolId.replaceAll('-', '_')}_predictor`,
      title: 'Claude failover: may predict',
      description: PURPOSE,
      permissions: ['aiplatform.endpoints.predict'],
      dependsOn: this.apis.needed('iam'),
    });
  }

  /** The AWS roles themselves, or the service account that they may act as. */
  private members(props: VertexAccessProps, provider: IamWorkloadIdentityPoolProvider): readonly string[] {
    const { projectId: project, serviceAccountId: accountId } = props;
    if (accountId === undefined) return this.principals;
    const account = new ServiceAccount(this, 'ServiceAccount', {
      project,
      accountId,
      displayName: 'Claude failover router',
      description: PURPOSE,
      dependsOn: this.apis.needed('iam', 'iamcredentials'),
    });
    for (const [index, member] of this.principals.entries()) {
      new ServiceAccountIamMember(this, `MayImpersonate-${index + 1}`, {
        serviceAccountId: account.name,
        role: 'roles/iam.workloadIdentityUser',
        member,
        dependsOn: [provider],
      });
    }
    return [account.member];
  }
}
