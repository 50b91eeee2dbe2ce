import { quantile } from '../../local/report/quantile';
import type { RequestLine } from './lines';
import type { LinkNow, TrafficNow } from './now';
import { hasFailed } from './series';
import { readTrace } from './trace';

/** What a host had to do with the requests of a while. */
export type HostTraffic = Pick<LinkNow, 'share' | 'failures'>;

const sum = (lines: readonly RequestLine[]): number => lines.reduce((all, { weight }) => all + weight, 0);

/** The requests of a while, as clients felt them. */
export function trafficOf(lines: readonly RequestLine[], minutes: number): TrafficNow {
  const times = lines.flatMap(({ firstContentMs }) => (firstContentMs === undefined ? [] : [firstContentMs]));
  return {
    minutes,
    requests: sum(lines),
    failed: sum(lines.filter(hasFailed)),
    failovers: sum(lines.filter(({ isFailover }) => isFailover)),
    costUsd: lines.reduce((all, { costUsd = 0, weight }) => all + costUsd * weight, 0),
    ...(times.length > 0 && { firstContent: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) } }),
  };
}

/** By host: its part of the answers, and its failures by reason. */
export function trafficByHost(lines: readonly RequestLine[]): ReadonlyMap<string, HostTraffic> {
  const answered = lines.filter((line) => line.host !== undefined && !hasFailed(line));
  const whole = sum(answered);
  const hosts = new Map<string, { share: number; failures: Record<string, number> }>();
  const of = (host: string): { share: number; failures: Record<string, number> } => {
    const known = hosts.get(host) ?? { share: 0, failures: {} };
    hosts.set(host, known);
    return known;
  };
  for (const host of new Set(answered.map((line) => line.host!))) {
    of(host).share = sum(answered.filter((line) => line.host === host)) / whole;
  }
  for (const { trace, weight } of lines) {
    for (const { host, word, passedBy } of readTrace(trace)) {
      if (word === 'ok' || word === 'client-gone' || passedBy !== undefined) continue;
      const { failures } = of(host);
      failures[word] = (failures[word] ?? 0) + weight;
    }
  }
  return hosts;
}
