import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantBedrock, grantUses } from './bedrock/grant-bedrock';
import type { HostBinding } from './host-binding';

/** Exactly what the hosts of a router need for its models: invoking, counting tokens, reading their keys. */
export function grantHosts(hosts: readonly HostBinding[], grantee: iam.IGrantable): void {
  for (const { keys, grantInvoke } of hosts) {
    for (const key of keys) key.grantRead(grantee);
    grantInvoke?.(grantee);
  }
  grantBedrock(
    grantee,
    hosts.flatMap(({ bedrock = [] }) => bedrock),
  );
}

/** Beside that, what single clients have of their own there. */
export function grantHostsOfClients(hosts: readonly HostBinding[], grantee: iam.IGrantable): void {
  grantUses(
    grantee,
    hosts.flatMap(({ bedrockOfClients = [] }) => bedrockOfClients),
  );
}
