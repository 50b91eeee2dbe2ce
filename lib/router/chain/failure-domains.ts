import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HostBinding } from '../../hosts/host-binding';

/** Warns of what takes every host of a chain down at once. */
export function warnOfSharedDomains(scope: Construct, at: string, chain: readonly HostBinding[]): void {
  const [first, ...others] = chain;
  const shared = first?.failureDomains.filter((domain) =>
    others.every(({ failureDomains }) => failureDomains.includes(domain)),
  );
  if (shared === undefined || shared.length === 0) return;
  const names = chain.map(({ config }) => config.name).join(', ');
  const domains = shared.map(readable).join(' and ');
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:sharedFailureDomain',
    `${at}: all hosts (${names}) share the failure domain ${domains}, so that one outage takes all of them down; ` +
      'add a host elsewhere, such as another AWS region, Anthropic or Vertex AI',
  );
}

function readable(domain: string): string {
  return Token.isUnresolved(domain) ? "aws, the stack's region" : `'${domain}'`;
}
