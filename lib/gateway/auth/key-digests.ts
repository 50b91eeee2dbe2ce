import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { bundledFunction } from '../../router/bundled-function';

/** CloudFormation takes 4 KB of an answer, and each digest has 64 characters and a name. */
const IN_ONE = 40;

/**
 * SHA-256 of keys whose values only the deployment knows. The router is told these and no key: a key stands in no template, no
 * environment and no parameter.
 */
export class KeyDigests extends Construct {
  private readonly serviceToken: string;
  private readonly role: iam.IGrantable & { addToRolePolicy(statement: iam.PolicyStatement): void };

  constructor(scope: Construct, id: string, { logRetention }: { readonly logRetention?: logs.RetentionDays }) {
    super(scope, id);
    const fn = bundledFunction(this, {
      bundle: 'key-digest',
      description: "At a deployment: the digests by which the failover router knows its clients' keys",
      memorySize: 256,
      timeout: Duration.minutes(2),
      logRetention,
    });
    this.serviceToken = fn.functionArn;
    this.role = fn;
  }

  /** In the order of the ids. */
  public ofKeys(keyIds: readonly string[]): string[] {
    const { partition, region } = Stack.of(this);
    this.role.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['apigateway:GET'],
        resources: keyIds.map((keyId) => `arn:${partition}:apigateway:${region}::/apikeys/${keyId}`),
      }),
    );
    const parts = Array.from({ length: Math.ceil(keyIds.length / IN_ONE) }, (_, part) =>
      keyIds.slice(part * IN_ONE, (part + 1) * IN_ONE),
    );
    return parts.flatMap((ids, part) => this.digests(`Keys${part}`, { ApiKeyIds: ids }, ids.length));
  }

  public ofSecret(secret: secretsmanager.ISecret): string {
    this.role.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
    );
    return this.digests('Secret', { SecretArns: [secret.secretArn] }, 1)[0]!;
  }

  private digests(id: string, properties: Record<string, readonly string[]>, count: number): string[] {
    const { serviceToken } = this;
    const resource = new CustomResource(this, id, { serviceToken, resourceType: 'Custom::KeyDigests', properties });
    // Its right is a policy beside the function, and CloudFormation sees no order in that.
    resource.node.addDependency(this.node.findChild('Role'));
    return Array.from({ length: count }, (_, index) => resource.getAttString(`Digest${index}`));
  }
}
