import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HostBinding } from '../../hosts/host-binding';

/** Warns of what takes every host of a chain down at once, and of a last resort that goes with it. */
export function warnOfSharedDomains(
  scope: Construct,
  at: string,
  chain: readonly HostBinding[],
  lastResort: readonly HostBinding[] = [],
): void {
  const [first, ...others] = chain;
  const shared = first?.failureDomains.filter((domain) => others.every(fails(domain)));
  if (shared === undefined || shared.length === 0) return;
  const names = chain.map(({ config }) => config.name).join(', ');
  const domains = shared.map(readable).join(' and ');
  const goesToo = lastResort.length > 0 && shared.some((domain) => lastResort.every(fails(domain)));
  const last = goesToo ? ', and its last resort with them' : '';
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:sharedFailureDomain',
    `${at}: all hosts (${names}) share the failure domain ${domains}, so that one outage takes all of them down${last}; ` +
      'add a host elsewhere, such as another AWS region, Anthropic or Vertex AI',
  );
}

const fails =
  (domain: string) =>
  ({ failureDomains }: HostBinding): boolean =>
    failureDomains.includes(domain);

function readable(domain: string): string {
  return Token.isUnresolved(domain) ? "aws, the stack's region" : `'${domain}'`;
}
