import { randomUUID } from 'node:crypto';
import { AUDIT_METRICS, type AuditConfig, ENV, type HostConfig, SERVICE_NAME } from '../../../lib/contract';
import type { Clock } from '../../engine/time/clock';
import { USER_AGENT } from '../../hosts/first-party-request';
import { type Env, requireEnv } from '../../runtime/require-env';
import type { Telemetry } from '../telemetry/telemetry';
import { Audit } from './audit';
import { putContents } from './contents';
import { putToFirehose } from './firehose';

/** What a trail is made with. */
export interface Around {
  readonly hosts: readonly HostConfig[];
  readonly env: Env;
  readonly clock: Clock;
  /** Records are written once a second, not one by one. */
  readonly servesMany: boolean;
  readonly telemetry: Pick<Telemetry, 'note' | 'count'>;
}

/** The trail of this process. */
export function createAudit(
  { stream, region: given, whenDown = 'open', contents }: AuditConfig,
  { hosts, env, clock, servesMany, telemetry }: Around,
): Audit {
  const region = given ?? requireEnv(env, 'AWS_REGION');
  return new Audit({
    put: putToFirehose(stream, region, env),
    clock,
    servesMany,
    writer: randomUUID(),
    place: { router: env[ENV.SERVICE] ?? SERVICE_NAME, version: USER_AGENT, region: env['AWS_REGION'] },
    hosts,
    isClosed: whenDown === 'closed',
    putContents: contents && ((what) => putContents(contents.bucket, region, what, env)),
    note: telemetry.note,
    waiting: (lines, problem) => telemetry.count(AUDIT_METRICS.waiting, { problem }, lines),
    lost: (lines, problem) => telemetry.count(AUDIT_METRICS.lost, { problem }, lines),
  });
}
