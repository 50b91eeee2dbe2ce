import { stack } from '../../docs/prices.json';
import { assumed, quota, type QuotaName } from './assumptions';
import type { HourRecord } from './simulation/record';
import { peak, sums } from './windows';

/** How much of each quota a load takes at its peak: from 1 on, requests are refused. */
export type Uses = Readonly<Record<UsedQuota, number>>;
export type UsedQuota = Exclude<QuotaName, 'stackBurst' | 'gatewayBurst' | 'bedrockBurndown'>;

/** Bursts are looked for up to this length. */
const LONGEST_BURST_SECONDS = 60;
/** DynamoDB counts a read of up to 4 KB that need not be the latest as half a unit. */
export const UNITS_PER_READ = 0.5;

/** The whole load goes to each host: as it does to the first, and to each of the others when those before it are down. */
export function usesOf(load: HourRecord, monthlyTokensUsd: number): Uses {
  const minute = (values: Float64Array): number => peak(sums(values, 60));
  const of = (demand: number, name: QuotaName): number => demand / quota(name);
  return {
    lambdaConcurrency: of(peak(load.concurrency), 'lambdaConcurrency'),
    lambdaGrowth: of(peak(sums(load.started, 10)), 'lambdaGrowth'),
    stackRate: burstShare(load.requests, quota('stackRate'), quota('stackBurst')),
    gatewayRate: burstShare(load.requests, quota('gatewayRate'), quota('gatewayBurst')),
    startRequests: of(minute(load.requests), 'startRequests'),
    startInput: of(minute(load.input), 'startInput'),
    startOutput: of(minute(load.output), 'startOutput'),
    startSpend: of(monthlyTokensUsd, 'startSpend'),
    scaleRequests: of(minute(load.requests), 'scaleRequests'),
    scaleInput: of(minute(load.input), 'scaleInput'),
    scaleOutput: of(minute(load.output), 'scaleOutput'),
    scaleSpend: of(monthlyTokensUsd, 'scaleSpend'),
    bedrockTokens: of(peak(bedrockTokens(load)), 'bedrockTokens'),
    tableReads: of(peak(load.reads) * UNITS_PER_READ, 'tableReads'),
    secretReads: of(peak(load.started) * stack.secrets, 'secretReads'),
    logCalls: of(peak(load.ends), 'logCalls'),
  };
}

/**
 * Requests a minute from which on a quota is exceeded: between the sizes that were simulated, or beyond them, on a straight
 * line of logarithms.
 */
export function reachedAt(shares: readonly { readonly requestsPerMinute: number; readonly share: number }[]): number {
  const above = shares.findIndex(({ share }) => share >= 1);
  const upper = above === -1 ? shares.length - 1 : Math.max(1, above);
  const [from, to] = [shares[upper - 1]!, shares[upper]!];
  const slope = Math.log(to.share / from.share) / Math.log(to.requestsPerMinute / from.requestsPerMinute);
  return from.requestsPerMinute * Math.exp(-Math.log(from.share) / slope);
}

/** Used up in the last minute, and reserved for answers under way. */
export function bedrockTokens(load: HourRecord): Float64Array {
  const input = sums(load.input, 60);
  const output = sums(load.output, 60);
  return load.concurrency.map(
    (running, second) => input[second]! + output[second]! * quota('bedrockBurndown') + running * assumed('maxTokens'),
  );
}

/** Of what a token bucket gives in any stretch of time. */
export function burstShare(perSecond: Float64Array, rate: number, burst: number): number {
  let share = 0;
  for (let seconds = 1; seconds <= LONGEST_BURST_SECONDS; seconds++) {
    share = Math.max(share, peak(sums(perSecond, seconds)) / (burst + rate * seconds));
  }
  return share;
}
