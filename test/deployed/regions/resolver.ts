import type { HealthCheckConfig, ResourceRecordSet, Route53 } from '@aws-sdk/client-route-53';
import { HealthCheckers, type Probe } from './health-checkers';

/** Of an alias for a domain of API Gateway, in seconds: who asks may keep the answer for so long. */
export const ALIAS_TTL = 60;

/** Answers for names as Route 53 does, by the records and health checks that are deployed there. */
export interface Resolver {
  /** The domain of API Gateway that the name leads to now. Undefined where there is no such name. */
  target(name: string): string | undefined;
  /** Whether the check on this region's own name is green. */
  isHealthy(region: string): boolean;
  /** Lets the health checkers look until then. */
  advance(second: number): Promise<void>;
}

/** `near`: the region that is nearest to the client. */
export async function createResolver(
  route53: Route53,
  HostedZoneId: string,
  near: string,
  probe: Probe,
): Promise<Resolver> {
  const { ResourceRecordSets: records = [] } = await route53.listResourceRecordSets({ HostedZoneId });
  const { HealthChecks = [] } = await route53.listHealthChecks({});
  const checks = new Map(
    HealthChecks.map(({ Id, HealthCheckConfig }) => [
      Id,
      new HealthCheckers(HealthCheckConfig as HealthCheckConfig, probe),
    ]),
  );
  const isWell = ({ HealthCheckId: id }: ResourceRecordSet): boolean =>
    id === undefined || checks.get(id)?.isHealthy === true;
  return {
    target(name) {
      const named = records.filter(({ Name, Type }) => Name === `${name}.` && Type === 'A');
      const preferred = named.toSorted((a, b) => rank(a, near) - rank(b, near));
      // Where no record is well, Route 53 answers as if all were.
      return (preferred.find(isWell) ?? preferred[0])?.AliasTarget?.DNSName;
    },
    isHealthy: (region) => records.some((record) => record.SetIdentifier === region && isWell(record)),
    async advance(second) {
      for (const check of checks.values()) await check.advance(second);
    },
  };
}

/** The primary before the secondary; by latency, the near before the far. */
const rank = ({ Failover, Region }: ResourceRecordSet, near: string): number =>
  Failover === 'SECONDARY' || (Region !== undefined && Region !== near) ? 1 : 0;
