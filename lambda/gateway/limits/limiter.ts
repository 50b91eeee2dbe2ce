import type { ClientConfig, ClientLimits } from '../../../lib/contract';
import type { Headers } from '../../engine/headers';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import { type Full, refused } from './refused';
import type { SharedCounts } from './shared-counts';

interface Limited {
  readonly limits: ClientLimits;
  readonly rate: RateLimit | undefined;
  readonly quota: Quota | undefined;
}

/** How much each client may send. */
export class Limiter {
  readonly #clients: ReadonlyMap<string, Limited>;

  /** `counts`: undefined where there is no table, so that every process counts for itself. */
  constructor(clients: readonly ClientConfig[], counts: SharedCounts | undefined, now: number) {
    this.#clients = new Map(
      clients.flatMap(({ name, limits }) => {
        if (limits === undefined) return [];
        const { rate, burst = Math.max(1, rate ?? 1), quota } = limits;
        const limited: Limited = {
          limits,
          rate: rate === undefined ? undefined : new RateLimit(name, rate, burst, counts, now),
          quota: quota && new Quota(name, quota, counts, now),
        };
        return [[name, limited] as const];
      }),
    );
  }

  /** Takes one request of a client, and says in the answer's headers what is left. Throws a `GatewayError` where nothing is. */
  admit(client: string | undefined, now: number): Headers {
    const { headers, full } = this.tried(client, now);
    if (full) throw refused(full.why, full.waitMs, headers);
    return headers;
  }

  /** The same, for who may wait for it. */
  tried(client: string | undefined, now: number): Tried {
    const limited = client === undefined ? undefined : this.#clients.get(client);
    if (limited === undefined) return { headers: {}, full: undefined };
    const { rate, quota, limits } = limited;
    const full = (why: string, waitMs: number): Tried => ({ headers: headersOf(limited, now), full: { why, waitMs } });
    if (quota?.left(now) === 0) {
      const used = `this client's ${quota.limit} requests a ${limits.quota!.period} are used up`;
      return full(used, quota.endsAt(now) - now);
    }
    const wait = rate?.take(now) ?? 0;
    if (wait > 0) return full(`this client may send ${limits.rate} requests a second`, wait);
    quota?.take(now);
    return { headers: headersOf(limited, now), full: undefined };
  }
}

/** What a client is to know of its limits, and which of them is full. */
export interface Tried {
  readonly headers: Headers;
  readonly full: Full | undefined;
}

/** Of whichever limit has less left, in Anthropic's words. */
function headersOf({ rate, quota }: Limited, now: number): Headers {
  const bucket = rate?.bucket;
  const ofRate = bucket && headers(bucket.burst, bucket.left(now), bucket.fullAt(now));
  if (quota === undefined) return ofRate ?? {};
  const left = quota.left(now);
  return bucket && bucket.left(now) < left ? ofRate! : headers(quota.limit, left, quota.endsAt(now));
}

const headers = (limit: number, left: number, fullAt: number): Headers => ({
  'anthropic-ratelimit-requests-limit': String(Math.floor(limit)),
  'anthropic-ratelimit-requests-remaining': String(left),
  'anthropic-ratelimit-requests-reset': `${new Date(fullAt).toISOString().slice(0, 19)}Z`,
});
