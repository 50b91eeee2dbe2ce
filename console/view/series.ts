import { quantile } from '../../local/report/quantile';
import type { RequestLine } from './lines';

/** What happened in one stretch of time. */
export interface Bucket {
  /** Its beginning. */
  readonly at: number;
  readonly requests: number;
  /** Requests without an answer that the client got whole. */
  readonly failed: number;
  readonly failovers: number;
  readonly costUsd: number;
  /** Answers by host. */
  readonly answers: Readonly<Record<string, number>>;
  /** Failed attempts and skipped hosts by `host:reason`. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly firstContent: { readonly p50: number; readonly p95: number } | undefined;
}

/** Neither the gateway's nor a host's fault. */
const NOBODYS_FAULT = new Set(['answered', 'client-gone', 'returned']);

export const hasFailed = ({ outcome }: Pick<RequestLine, 'outcome'>): boolean => !NOBODYS_FAULT.has(outcome);

/** Requests in buckets of `everyMs` that lie in [from, to), empty ones included. */
export function bucketsOf(lines: readonly RequestLine[], from: number, to: number, everyMs: number): Bucket[] {
  const count = Math.max(0, Math.ceil((to - from) / everyMs));
  const groups: RequestLine[][] = Array.from({ length: count }, () => []);
  for (const line of lines) groups[Math.floor((line.endedAt - from) / everyMs)]?.push(line);
  return groups.map((group, index) => bucketOf(from + index * everyMs, group));
}

function bucketOf(at: number, lines: readonly RequestLine[]): Bucket {
  const answers: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  let [requests, failed, failovers, costUsd] = [0, 0, 0, 0];
  for (const line of lines) {
    const { weight, host, trace } = line;
    requests += weight;
    if (hasFailed(line)) failed += weight;
    if (line.isFailover) failovers += weight;
    costUsd += weight * (line.costUsd ?? 0);
    if (host !== undefined && !hasFailed(line)) answers[host] = (answers[host] ?? 0) + weight;
    for (const step of trace === '' ? [] : trace.split(', ')) {
      if (!step.endsWith(':ok')) reasons[step] = (reasons[step] ?? 0) + weight;
    }
  }
  const times = lines.flatMap(({ firstContentMs }) => (firstContentMs === undefined ? [] : [firstContentMs]));
  const firstContent = times.length === 0 ? undefined : { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  return { at, requests, failed, failovers, costUsd, answers, reasons, firstContent };
}

/** Percent of the prompts that came from the prompt cache, of each bucket; 0 where none was used. */
export function cacheHitsOf(lines: readonly RequestLine[], from: number, to: number, everyMs: number): number[] {
  const groups: number[][] = Array.from({ length: Math.max(0, Math.ceil((to - from) / everyMs)) }, () => []);
  for (const { endedAt, cacheHitRate } of lines) {
    if (cacheHitRate !== undefined) groups[Math.floor((endedAt - from) / everyMs)]?.push(cacheHitRate);
  }
  return groups.map((rates) => (rates.length === 0 ? 0 : rates.reduce((sum, rate) => sum + rate, 0) / rates.length));
}
