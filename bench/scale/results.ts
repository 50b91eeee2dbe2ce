import type { Clients } from './simulation/arrivals';
import { reachedAt, usesOf, type UsedQuota, type Uses } from './limits';
import { monthOf, type Month } from './month';
import type { HourRecord } from './simulation/record';
import { demand, limited, NEW_ACCOUNT, type Account } from './scenarios';

export const SIZES = [10, 1_000, 100_000] as const;
/** In requests a minute: what lies beyond was not simulated, nor anything near it. */
export const FARTHEST = 1e6;

/** What a size asks for, with clients that come by themselves and with clients that come together. */
export interface Size {
  readonly requestsPerMinute: number;
  readonly apart: Load;
  readonly together: Load;
}

export interface Load {
  readonly hour: HourRecord;
  readonly month: Month;
  readonly uses: Uses;
}

/** Where a quota is exceeded, in requests a minute. */
export interface Reach {
  readonly quota: UsedQuota;
  readonly apart: number;
  readonly together: number;
}

/** Who answers the requests of a size when an account has these limits. */
export interface Trial {
  readonly requestsPerMinute: number;
  readonly what: string;
  readonly outcome: HourRecord;
}

export interface Results {
  readonly sizes: readonly Size[];
  /** The one that is exceeded first comes first. */
  readonly reaches: readonly Reach[];
  readonly trials: readonly Trial[];
}

export function results(): Results {
  const sizes = SIZES.map((requestsPerMinute) => ({
    requestsPerMinute,
    apart: loadOf(requestsPerMinute, 'apart'),
    together: loadOf(requestsPerMinute, 'together'),
  }));
  return { sizes, reaches: reachesOf(sizes), trials: [...variants(), ...ladder()] };
}

function loadOf(requestsPerMinute: number, clients: Clients): Load {
  const hour = demand(requestsPerMinute, clients);
  const month = monthOf(hour, requestsPerMinute);
  return { hour, month, uses: usesOf(hour, month.tokens) };
}

function reachesOf(sizes: readonly Size[]): Reach[] {
  const reach = (quota: UsedQuota, clients: Clients): number =>
    reachedAt(sizes.map((size) => ({ ...size, share: size[clients].uses[quota] })));
  return (Object.keys(sizes[0]!.apart.uses) as UsedQuota[])
    .map((quota) => ({ quota, apart: reach(quota, 'apart'), together: reach(quota, 'together') }))
    .sort((a, b) => a.apart - b.apart);
}

function variants(): Trial[] {
  const trial = (requestsPerMinute: number, what: string, change: Partial<Account> = {}, answers = 1): Trial => ({
    requestsPerMinute,
    what,
    outcome: limited(requestsPerMinute, { ...NEW_ACCOUNT, ...change }, answers),
  });
  const [few, many] = SIZES;
  return [
    trial(few, 'nothing raised'),
    trial(many, 'nothing raised'),
    trial(many, 'the same, answers four times as long', {}, 4),
    trial(many, 'the same, Anthropic down', { tier: 'down' }),
    trial(many, 'the same, Anthropic down, `max_tokens` 128,000', { tier: 'down', maxTokens: 128_000 }),
    trial(many, 'Anthropic’s Scale tier', { tier: 'scale' }),
  ];
}

/** The largest size, with one limit after the other raised. */
function ladder(): Trial[] {
  const requestsPerMinute = SIZES[2];
  const steps: readonly (readonly [what: string, raised: Partial<Account>])[] = [
    ['nothing raised', {}],
    ['and `rateLimit` 5,000, `burstLimit` 5,000', { stackRate: 5000, stackBurst: 5000 }],
    ['and 10,000 requests at a time in Lambda', { concurrency: 10_000 }],
    ['and Anthropic’s Scale tier', { tier: 'scale' }],
    ['and 60 million tokens a minute of each Bedrock host', { bedrockTokens: 60e6 }],
    ['and 200 million of each', { bedrockTokens: 200e6 }],
  ];
  let account = NEW_ACCOUNT;
  return steps.map(([what, raised]) => {
    account = { ...account, ...raised };
    return { requestsPerMinute, what, outcome: limited(requestsPerMinute, account) };
  });
}
