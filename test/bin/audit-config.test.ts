import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { checkConfig } from '../../bin/check-config';
import type { AuditTrailConfig } from '../../bin/governance/audit-config';
import { GatewayStack } from '../../bin/gateway-stack';
import config from '../../failover.config';

const templateOf = (audit: AuditTrailConfig): Template =>
  Template.fromStack(
    new GatewayStack(
      new App(),
      checkConfig({ ...config, region: 'us-east-1', pageEmails: ['on-call@example.com'], audit }),
    ),
  );
const retention = (Mode: string, Days: number) => ({
  ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
});

it('makes of a few words a trail that nobody changes for a year, and of which the router knows', () => {
  const template = templateOf({});
  template.hasResourceProperties('AWS::S3::Bucket', retention('GOVERNANCE', 365));
  template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 1);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { FAILOVER_CONFIG: Match.anyValue() } },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'firehose:PutRecordBatch' })]) },
  });
});

it('does with every field what it says', () => {
  const breakGlassRoleArn = 'arn:aws:iam::123456789012:role/break-glass';
  const template = templateOf({
    years: 7,
    lock: 'compliance',
    format: 'parquet',
    whenDown: 'closed',
    contents: { days: 3, lock: 'governance' },
    breakGlassRoleArn,
  });
  template.hasResourceProperties('AWS::S3::Bucket', retention('COMPLIANCE', 7 * 365));
  template.hasResourceProperties('AWS::S3::Bucket', retention('GOVERNANCE', 3));
  template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    ExtendedS3DestinationConfiguration: { DataFormatConversionConfiguration: { Enabled: true } },
  });
  expect(JSON.stringify(template.toJSON())).toContain('whenDown\\":\\"closed');
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Sid: 'NobodyEndsARecord',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': breakGlassRoleArn } },
        }),
      ]),
    },
  });
});

it.each<[string, object, RegExp]>([
  ['no years', { years: 0 }, /audit\.years: got 0; must be a whole number from 1 to 99/],
  ['another lock', { lock: 'strict' }, /audit\.lock: got "strict"; must be one of governance, compliance/],
  ['a field that there is not', { retention: 3 }, /audit.*did you mean/],
  ['a user in place of a role', { breakGlassRoleArn: 'arn:aws:iam::123456789012:user/me' }, /audit\.breakGlassRoleArn/],
])('says of %s what would be right', (_what, audit, message) => {
  expect(() => checkConfig({ ...config, audit })).toThrow(message);
});
