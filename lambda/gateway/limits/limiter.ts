import type { ClientConfig, ClientLimits } from '../../../lib/contract';
import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import type { SharedCounts } from './shared-counts';

/** A client that waits longer than this had better not try again by itself. */
const WORTH_A_RETRY_MS = 60_000;

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
    const limited = client === undefined ? undefined : this.#clients.get(client);
    if (limited === undefined) return {};
    const { rate, quota, limits } = limited;
    if (quota?.left(now) === 0) {
      const used = `this client's ${quota.limit} requests a ${limits.quota!.period} are used up`;
      throw refused(used, quota.endsAt(now) - now, headersOf(limited, now));
    }
    const wait = rate?.take(now) ?? 0;
    if (wait > 0) {
      throw refused(`this client may send ${limits.rate} requests a second`, wait, headersOf(limited, now));
    }
    quota?.take(now);
    return headersOf(limited, now);
  }
}

function refused(why: string, waitMs: number, headers: Headers): GatewayError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new GatewayError(429, `${why}; try again in ${seconds} s`, {
    ...headers,
    'retry-after': String(seconds),
    'x-should-retry': String(waitMs <= WORTH_A_RETRY_MS),
  });
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
