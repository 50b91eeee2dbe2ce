/** Who has asked for what, kept for seven years where nobody can change it; requests and answers themselves for thirty days. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { AuditFailure, AuditTrail, ChainPreset, FailoverGateway } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'Audited', { env: { account: '123456789012', region: 'eu-central-1' } });

const audit = new AuditTrail(stack, 'Audit', {
  retention: Duration.days(7 * 365),
  // Until a record of yours has been deleted on purpose and seen to be: then AuditLock.COMPLIANCE, from which nobody comes back.
  breakGlassRole: Role.fromRoleName(stack, 'BreakGlass', 'break-glass'),
  failure: AuditFailure.CLOSED,
  contents: { retention: Duration.days(30) },
});
audit.grantRead(Role.fromRoleName(stack, 'Auditor', 'auditor'));

new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5-5', 'claude-haiku-5-5'],
  chain: ChainPreset.awsNative({ regions: ['eu-central-1', 'eu-west-1'] }),
  audit,
  pageEmails: ['on-call@example.com'],
});
