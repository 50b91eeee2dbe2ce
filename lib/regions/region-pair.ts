import { Duration, Stack } from 'aws-cdk-lib';
import type { FailoverGateway } from '../gateway/failover-gateway';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import { checkPair, regionOf } from './check-pair';
import type { RegionPairProps } from './region-pair-props';
import { RegionRouting } from './region-routing';
import { RegionSide } from './region-side';

/**
 * Two gateways in two regions under one name. Each stack gets a domain, a certificate, a record and a health check of its own, and knows the
 * other by names alone: either deploys and serves while the other region is down.
 */
export class RegionPair {
  /** For the gateways of a pair: each canary at half the rate, so that both together spend what one alone would. */
  public static readonly CANARY: CanaryOptions = { interval: Duration.minutes(2), dailyBudgetUsd: 0.0645 };

  /**
   * Puts two gateways under one name. Both have to be public, with `openHealth: true`, and to take the same keys from their clients.
   * @param first also the one that `cdk deploy --all` begins with, and that tells of what both see
   * @param second in another region
   */
  public static of(first: FailoverGateway, second: FailoverGateway, props: RegionPairProps): RegionPair {
    return new RegionPair(first, second, props);
  }

  /** Base URL for Anthropic SDKs, without a slash at its end. */
  public readonly url: string;

  private constructor(first: FailoverGateway, second: FailoverGateway, props: RegionPairProps) {
    checkPair([first, second], props);
    const routing = props.routing ?? RegionRouting.primary(regionOf(first));
    new RegionSide(first, 'Region', { ...props, routing, other: second, otherLeads: false });
    new RegionSide(second, 'Region', { ...props, routing, other: first, otherLeads: true });
    // An order of `cdk deploy --all` and nothing more: by its name, or with --exclusively, each deploys alone.
    Stack.of(second).node.addDependency(Stack.of(first));
    this.url = first.url;
  }
}
