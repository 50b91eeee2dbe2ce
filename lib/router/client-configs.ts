import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type ClientLimitsProps, type ClientProps, QuotaPeriod } from './client';
import { type ClientConfig, type ClientLimits, FORMS, PROBE_CLIENT } from '../contract';
import { policyConfig } from './governance/policy-config';
import type { FailoverRouterProps } from './router-props';
import { ValidationError } from '../validation-error';

/** The deployment probe comes to the clients that are given, or where none are, to those that routes name. */
export function clientConfigs(
  scope: Construct,
  { clients, routes = [] }: FailoverRouterProps,
  probeKeySha256?: string,
): ClientConfig[] {
  const named = [...new Set(routes.flatMap((route) => route.clients ?? []))];
  const known: ClientProps[] = clients ?? named.map((name) => ({ name }));
  if (clients !== undefined) checkClients(scope, clients, named);
  if (known.some(({ name }) => name === PROBE_CLIENT)) {
    throw new ValidationError(scope, `'clients': '${PROBE_CLIENT}' is the name of the stack's own probe; take another`);
  }
  return [
    ...known.map(({ may, limits, policy, ...client }) => ({
      ...client,
      policy: policy && policyConfig(scope, client.name, policy),
      limits: limits && limitsConfig(limits),
      may: may?.map((steering) => `${steering}` as const),
    })),
    { name: PROBE_CLIENT, keySha256: probeKeySha256, may: ['only'] },
  ];
}

const limitsConfig = ({ quota, ...limits }: ClientLimitsProps): ClientLimits => ({
  ...limits,
  quota: quota && { limit: quota.limit, period: `${quota.period ?? QuotaPeriod.MONTH}` },
});

function checkClients(scope: Construct, clients: readonly ClientProps[], named: readonly string[]): void {
  const names = clients.map(({ name }) => name);
  if (names.length === 0) {
    throw new ValidationError(
      scope,
      "'clients' is empty, so that nobody could call; leave it out for anyone the front door lets in",
    );
  }
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ValidationError(scope, `'routes': there is no client '${unknown}'; the clients are ${names.join(', ')}`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ValidationError(scope, `'clients': '${twice}' is given twice; give each client a name of its own`);
  }
  const seen = new Map<string, string>();
  for (const { name, keySha256, limits } of clients) {
    checkLimits(scope, name, limits);
    if (keySha256 === undefined || Token.isUnresolved(keySha256)) continue;
    // Not quoted: somebody may have given the key itself.
    if (!FORMS.sha256[0].test(keySha256)) {
      throw new ValidationError(
        scope,
        `client '${name}': 'keySha256' must be 64 hex digits, the SHA-256 of the client's key`,
      );
    }
    const other = seen.get(keySha256.toLowerCase());
    if (other !== undefined) {
      throw new ValidationError(
        scope,
        `clients '${other}' and '${name}' have the same 'keySha256'; give each a key of its own`,
      );
    }
    seen.set(keySha256.toLowerCase(), name);
  }
}

function checkLimits(scope: Construct, client: string, limits: ClientLimitsProps = {}): void {
  const { rate, burst, quota, requestsPerMinute, tokensPerMinute, concurrent } = limits;
  if (burst !== undefined && rate === undefined) {
    throw new ValidationError(
      scope,
      `client '${client}' has 'limits.burst' but no 'limits.rate'; give both, or only the rate`,
    );
  }
  for (const [field, value] of Object.entries({
    rate,
    burst,
    'quota.limit': quota?.limit,
    requestsPerMinute,
    tokensPerMinute,
    concurrent,
  })) {
    if (value === undefined || Token.isUnresolved(value) || (value >= 1 && Number.isInteger(value))) continue;
    throw new ValidationError(
      scope,
      `client '${client}': 'limits.${field}' is ${value}; it must be a whole number from 1`,
    );
  }
}
