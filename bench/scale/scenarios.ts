import { traffic } from '../../docs/prices.json';
import { TRACE, type TokenCounts } from '../trace/trace';
import { arrivals, type Clients } from './simulation/arrivals';
import { assumed, quota } from './assumptions';
import { Bucket } from './simulation/bucket';
import { Environments, UNLIMITED } from './simulation/environments';
import { createQuota, type HostLimits, type SimulatedQuota } from './simulation/host-quota';
import { seeded } from './simulation/random';
import type { HourRecord } from './simulation/record';
import { simulate } from './simulation/simulate';
import { SECOND_TICKS } from './simulation/ticks';

const SEED = 2023;
const IDLE_TICKS = assumed('idleSeconds') * SECOND_TICKS;
const LIMITED_SECONDS = 600;
const PLENTY = Number.MAX_SAFE_INTEGER;
const NO_QUOTA: SimulatedQuota = { admits: () => true, settle: () => {} };

/** What an account has: quotas at their start, or raised. */
export interface Account {
  readonly stackRate: number;
  readonly stackBurst: number;
  readonly concurrency: number;
  readonly tier: 'start' | 'scale' | 'down';
  /** Tokens a minute of each of the two Bedrock hosts. */
  readonly bedrockTokens: number;
  readonly maxTokens: number;
}

/** Nothing raised. */
export const NEW_ACCOUNT: Account = {
  stackRate: quota('stackRate'),
  stackBurst: quota('stackBurst'),
  concurrency: quota('lambdaConcurrency'),
  tier: 'start',
  bedrockTokens: quota('bedrockTokens'),
  maxTokens: assumed('maxTokens'),
};

/** The chain of failover.config.ts: Anthropic, Bedrock's global profile, and its US profile in another region. */
export const CHAIN = ['Anthropic', 'Bedrock, global', 'Bedrock, US'] as const;

/** An hour in which nothing is refused: what the load asks for. */
export function demand(requestsPerMinute: number, clients: Clients): HourRecord {
  const random = seeded(SEED);
  return simulate({
    arrivals: arrivals(TRACE.services, requestsPerMinute, clients, random),
    services: samples(1),
    gateway: new Bucket(PLENTY, 0),
    environments: new Environments({ ...UNLIMITED, idleTicks: IDLE_TICKS }),
    hosts: [NO_QUOTA],
    random,
    secondsBetweenReads: traffic.secondsBetweenTableReads,
  });
}

/** Ten minutes of the same hour with the limits of an account. `answers`: so many times the tokens of the trace's answers. */
export function limited(requestsPerMinute: number, account: Account, answers = 1): HourRecord {
  const random = seeded(SEED);
  const growth = quota('lambdaGrowth');
  return simulate({
    arrivals: arrivals(TRACE.services, requestsPerMinute, 'apart', random).map((hour) =>
      hour.subarray(0, LIMITED_SECONDS),
    ),
    services: samples(answers),
    gateway: new Bucket(account.stackBurst, account.stackRate / SECOND_TICKS),
    environments: new Environments({
      most: account.concurrency,
      perTick: growth / (10 * SECOND_TICKS),
      burst: growth,
      idleTicks: IDLE_TICKS,
    }),
    hosts: limitsOf(account).map(createQuota),
    random,
    secondsBetweenReads: traffic.secondsBetweenTableReads,
  });
}

function limitsOf({ tier, bedrockTokens, maxTokens }: Account): HostLimits[] {
  const bedrock = { kind: 'bedrock', tokens: bedrockTokens, burndown: quota('bedrockBurndown'), maxTokens } as const;
  const none = { requests: 0, input: 0, output: 0 };
  const anthropic =
    tier === 'down'
      ? none
      : {
          requests: quota(`${tier}Requests`),
          input: quota(`${tier}Input`),
          output: quota(`${tier}Output`),
        };
  return [{ kind: 'anthropic', ...anthropic }, bedrock, bedrock];
}

function samples(answers: number): TokenCounts[][] {
  return TRACE.services.map(({ sample }) =>
    sample.map(({ context, generated }) => ({ context, generated: generated * answers })),
  );
}
