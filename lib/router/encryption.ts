import { Aspects, Aws, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';

export interface EncryptionProps {
  readonly encryptionKey?: kms.IKey;
  readonly environmentEncryption?: kms.IKey;
}

type Properties = (keyArn: string) => Readonly<Record<string, unknown>>;

/** What is kept, and the properties by which each is encrypted. None of them makes CloudFormation replace the resource. */
const KEPT: Readonly<Record<string, Properties>> = {
  'AWS::Logs::LogGroup': (arn) => ({ KmsKeyId: arn }),
  'AWS::SNS::Topic': (arn) => ({ KmsMasterKeyId: arn }),
  'AWS::SecretsManager::Secret': (arn) => ({ KmsKeyId: arn }),
  'AWS::DynamoDB::GlobalTable': (arn) => ({
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    'Replicas.0.SSESpecification': { KMSMasterKeyId: arn },
  }),
};
const ENVIRONMENTS: Readonly<Record<string, Properties>> = {
  'AWS::Lambda::Function': (arn) => ({ KmsKeyArn: arn }),
  'AWS::Synthetics::Canary': (arn) => ({ KmsKeyArn: arn }),
};

/** Encrypts all that is below a construct, whoever adds it and when, and secrets that belong to it from elsewhere. */
export function encryptWith(
  scope: Construct,
  { encryptionKey, environmentEncryption = encryptionKey }: EncryptionProps,
  secrets: readonly IConstruct[] = [],
): void {
  if (encryptionKey !== undefined) {
    letServicesIn(Stack.of(scope), encryptionKey);
    for (const place of [scope, ...secrets]) Aspects.of(place).add(new Encrypt(KEPT, encryptionKey));
  }
  if (environmentEncryption !== undefined) Aspects.of(scope).add(new Encrypt(ENVIRONMENTS, environmentEncryption));
}

class Encrypt implements IAspect {
  constructor(
    private readonly resources: Readonly<Record<string, Properties>>,
    private readonly key: kms.IKey,
  ) {}

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    const properties = this.resources[node.cfnResourceType]?.(this.key.keyArn) ?? {};
    for (const [path, value] of Object.entries(properties)) node.addPropertyOverride(path, value);
  }
}

/** Services that use a key for whoever uses them, as they do with AWS's own keys. */
const IN_BEHALF = ['dynamodb', 'lambda', 's3', 'secretsmanager', 'sns', 'sqs', 'synthetics'];
const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** In the key's own policy, so that no role of the gateway needs a right to the key itself. */
function letServicesIn({ partition, region, account, urlSuffix }: Stack, key: kms.IKey): void {
  const byService = {
    'kms:CallerAccount': account,
    'kms:ViaService': IN_BEHALF.map((service) => `${service}.${region}.${urlSuffix}`),
  };
  const allow = (statement: iam.PolicyStatementProps): void => {
    key.addToResourcePolicy(new iam.PolicyStatement({ resources: ['*'], ...statement }));
  };
  allow({ principals: [new iam.AnyPrincipal()], actions: USE, conditions: { StringEquals: byService } });
  allow({
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    conditions: { StringEquals: byService, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
  allow({
    principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: USE,
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
    },
  });
  letCloudWatchIn(key, account);
}

/** What it takes to publish to a topic that is encrypted by a key. */
export const PUBLISHERS_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Lets the alarms of an account publish to topics that are encrypted by the key. A key that is imported cannot be told. */
export function letCloudWatchIn(key: kms.IKey, account: string = Aws.ACCOUNT_ID): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: PUBLISHERS_ACTIONS,
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
}
