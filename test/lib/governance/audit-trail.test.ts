import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  AuditFailure,
  AuditFormat,
  AuditLock,
  AuditTrail,
  type AuditTrailProps,
  FailoverGateway,
  Host,
} from '../../../lib';
import { COLUMNS } from '../../../lib/governance/audit/columns';
import { startAuditedRouter } from '../../gateway/audit/audited-router';

const env = { account: '123456789012', region: 'us-east-1' };
const stackWith = (props: AuditTrailProps = {}): { stack: Stack; trail: AuditTrail } => {
  const stack = new Stack(new App(), 'Stack', { env });
  return { stack, trail: new AuditTrail(stack, 'Audit', props) };
};
const templateWith = (props?: AuditTrailProps): Template => Template.fromStack(stackWith(props).stack);

it('keeps records in a bucket that is locked, versioned, encrypted, private, and outlives the stack with its key', () => {
  const template = templateWith({ retention: Duration.days(730), lock: AuditLock.COMPLIANCE });
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 730 } } },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 731 })] },
    },
  });
  template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
});

it('writes JSON lines by the hour, compressed, and what fails apart', () => {
  templateWith({ bufferInterval: Duration.minutes(2) }).hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK' },
    ExtendedS3DestinationConfiguration: {
      Prefix: 'records/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/',
      ErrorOutputPrefix: Match.stringLikeRegexp('^errors/!{firehose:error-output-type}/'),
      BufferingHints: { IntervalInSeconds: 120, SizeInMBs: 5 },
      CompressionFormat: 'GZIP',
      DataFormatConversionConfiguration: Match.absent(),
    },
  });
});

it('has Firehose make Parquet by the same table that Athena reads', () => {
  const template = templateWith({ format: AuditFormat.PARQUET });
  template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    ExtendedS3DestinationConfiguration: {
      CompressionFormat: 'UNCOMPRESSED',
      BufferingHints: { SizeInMBs: 64 },
      DataFormatConversionConfiguration: { SchemaConfiguration: { TableName: 'audit' } },
    },
  });
  template.hasResourceProperties('AWS::Glue::Table', {
    TableInput: {
      StorageDescriptor: { SerdeInfo: { SerializationLibrary: Match.stringLikeRegexp('ParquetHiveSerDe') } },
    },
  });
});

it('answers questions within a limit, encrypted, with three queries to begin with', () => {
  const template = templateWith({ queryLimitMb: 500 });
  template.hasResourceProperties('AWS::Athena::WorkGroup', {
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 500_000_000,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
    },
  });
  template.resourceCountIs('AWS::Athena::NamedQuery', 3);
});

it('has a column for all that a record says, and none for what none says', async () => {
  const names = new Set(COLUMNS.map(([name]) => name));
  const router = await startAuditedRouter({ contents: { bucket: 'b' } });
  await router.ask({ metadata: { user_id: 'u' } });
  await router.ask({ model: 'no-such-model' });
  await router.close();
  const fields = new Set(router.records().flatMap((record) => Object.keys(record)));
  expect([...fields].filter((field) => !names.has(field))).toEqual([]);
  expect(fields.size).toBeGreaterThan(25);
});

it('lets a router write and do nothing else, and keeps contents with a key of their own', () => {
  const { stack, trail } = stackWith({ contents: { retention: Duration.days(7) }, failure: AuditFailure.CLOSED });
  new FailoverGateway(stack, 'Gateway', {
    chain: [Host.bedrock()],
    models: ['claude-opus-5-5'],
    audit: trail,
    pageEmails: ['on-call@example.com'],
  });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', 2);
  const policies = template.findResources('AWS::IAM::Policy');
  const [, router] = Object.entries(policies).find(([id]) => id.startsWith('GatewayRouterRole'))!;
  const { Statement } = (router as { Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } } })
    .Properties.PolicyDocument;
  const actions = Statement.flatMap(({ Action }) => Action).filter((action) =>
    /^(firehose|s3|kms|glue|athena):/.test(action),
  );
  expect(actions.sort()).toEqual(['firehose:PutRecordBatch', 'kms:GenerateDataKey', 's3:PutObject']);
  template.hasOutput('*', { Value: Match.objectLike({}) });
  expect(JSON.stringify(template.toJSON().Outputs)).toContain('\\"audit\\":{\\"stream\\"');
});

it.each<[string, AuditTrailProps, RegExp]>([
  ['half a day', { retention: Duration.hours(12) }, /'retention' must be whole days from 1 to 36500, got 12 hours/],
  ['contents for ever', { contents: { retention: Duration.days(40_000) } }, /'contents\.retention' must be whole days/],
  [
    'an hour in Firehose',
    { bufferInterval: Duration.hours(1) },
    /'bufferInterval' must be whole seconds from 1 minute to 15/,
  ],
  ['queries of nothing', { queryLimitMb: 1 }, /'queryLimitMb' must be a whole number of MB from 10, got 1/],
])('refuses %s at synth, and says where', (_what, props, message) => {
  expect(() => stackWith(props)).toThrow(message);
  expect(() => stackWith(props)).toThrow('at construct path "Stack/Audit');
});

it('is of one region: a router elsewhere is told so', () => {
  const app = new App();
  const trail = new AuditTrail(new Stack(app, 'Here', { env }), 'Audit');
  const there = new Stack(app, 'There', { env: { ...env, region: 'eu-west-1' } });
  expect(
    () => new FailoverGateway(there, 'Gateway', { chain: [Host.bedrock()], models: ['claude-opus-5-5'], audit: trail }),
  ).toThrow(/'audit' is a trail of another region, us-east-1/);
});

it('denies to everybody but the break-glass role what would end a record', () => {
  const { stack } = stackWith();
  const withRole = stackWith({ breakGlassRole: Role.fromRoleName(stack, 'Break', 'break-glass') });
  const denied = (template: Template) =>
    Object.values(template.findResources('AWS::S3::BucketPolicy')).flatMap(
      ({ Properties }) =>
        (Properties as { PolicyDocument: { Statement: { Sid?: string; Condition?: unknown }[] } }).PolicyDocument
          .Statement,
    );
  expect(denied(Template.fromStack(stack)).find(({ Sid }) => Sid === 'NobodyEndsARecord')).not.toHaveProperty(
    'Condition',
  );
  expect(
    denied(Template.fromStack(withRole.stack)).find(({ Sid }) => Sid === 'NobodyEndsARecord')?.Condition,
  ).toHaveProperty('ArnNotEquals');
});
