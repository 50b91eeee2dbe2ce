import type { HostQuota } from '../../../../lib/contract';

/** What a minute took, or may take. */
export interface PerMinute {
  readonly tokens: number | undefined;
  readonly requests: number | undefined;
}

export interface QuotaDeps {
  readonly quotas: readonly HostQuota[];
  /** The minute of the last days in which there was most of each. */
  readPeak(): Promise<PerMinute>;
  /** What Service Quotas says today. */
  readQuota(host: string, code: string): Promise<number>;
  headroom(host: string, percent: number): void;
  trouble(what: string, error: unknown): void;
}

/** Holds each host's quota against the whole traffic's peak: could it carry that alone, now? */
export async function checkQuotas({ quotas, readPeak, readQuota, headroom, trouble }: QuotaDeps): Promise<void> {
  if (quotas.length === 0) return;
  let peak: PerMinute;
  try {
    peak = await readPeak();
  } catch (error) {
    return trouble("reading the traffic's peak", error);
  }
  // What Service Quotas says today counts before what somebody wrote down when the stack was made.
  const figure = (host: string, given: number | undefined, code: string | undefined) =>
    code === undefined ? given : readQuota(host, code);
  await Promise.all(
    quotas.map(async ({ host, ...quota }) => {
      try {
        const tokens = await figure(host, quota.tokensPerMinute, quota.tokensQuotaCode);
        const requests = await figure(host, quota.requestsPerMinute, quota.requestsQuotaCode);
        const percent = headroomPercent({ tokens, requests }, peak);
        if (percent !== undefined) headroom(host, percent);
      } catch (error) {
        trouble(`reading the quota of host ${host}`, error);
      }
    }),
  );
}

/** The tighter of the two, in percent of the peak; undefined where there was no traffic to hold it against. */
export function headroomPercent(quota: PerMinute, peak: PerMinute): number | undefined {
  const shares = [
    [quota.tokens, peak.tokens],
    [quota.requests, peak.requests],
  ].flatMap(([most, used]) => (most === undefined || !used ? [] : [(100 * most) / used]));
  return shares.length === 0 ? undefined : Math.min(...shares);
}
