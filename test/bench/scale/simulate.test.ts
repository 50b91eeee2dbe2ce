import { Bucket } from '../../../bench/scale/simulation/bucket';
import { Environments, UNLIMITED, type Growth } from '../../../bench/scale/simulation/environments';
import { createQuota, type HostLimits } from '../../../bench/scale/simulation/host-quota';
import { seeded } from '../../../bench/scale/simulation/random';
import { answerSeconds, simulate } from '../../../bench/scale/simulation/simulate';
import { total } from '../../../bench/scale/windows';
import type { TokenCounts } from '../../../bench/trace/trace';

const SECONDS = 600;
const ASKED: TokenCounts = { context: 1000, generated: 140 };
const TAKES = answerSeconds(ASKED);
const PLENTY: HostLimits = { kind: 'anthropic', requests: 1e9, input: 1e12, output: 1e12 };

interface Setup {
  readonly perSecond?: (second: number) => number;
  readonly growth?: Partial<Growth>;
  readonly gateway?: Bucket;
  readonly hosts?: readonly HostLimits[];
  readonly asked?: readonly TokenCounts[];
}

function play({ perSecond = () => 10, growth, gateway, hosts = [PLENTY], asked = [ASKED] }: Setup) {
  return simulate({
    arrivals: [Uint32Array.from({ length: SECONDS }, (_, second) => perSecond(second))],
    services: [asked],
    gateway: gateway ?? new Bucket(1e12, 0),
    environments: new Environments({ ...UNLIMITED, idleTicks: 60_000, ...growth }),
    hosts: hosts.map(createQuota),
    random: seeded(7),
    secondsBetweenReads: 5,
  });
}

const share = (part: number, whole: Float64Array): number => part / total(whole);

it.each([1, 10, 100])('as many are busy as Little’s law says, at %i requests a second', (rate) => {
  const hour = play({ perSecond: () => rate });
  expect(hour.meanConcurrency / (rate * TAKES)).toBeCloseTo(1, 1);
  expect(hour.meanConcurrency / (hour.busySeconds / SECONDS)).toBeCloseTo(1, 2);
});

it('Little’s law holds for answers of very different length, too', () => {
  const asked = [ASKED, { context: 10, generated: 1 }, { context: 14_000, generated: 1900 }];
  const hour = play({ asked });
  const mean = asked.reduce((sum, tokens) => sum + answerSeconds(tokens), 0) / asked.length;
  expect(hour.meanConcurrency / (10 * mean)).toBeCloseTo(1, 1);
});

it('without requests nothing is used', () => {
  const hour = play({ perSecond: () => 0 });
  expect([hour.busySeconds, hour.meanConcurrency, total(hour.reads), total(hour.started)]).toEqual([0, 0, 0, 0]);
});

it('the same seed gives the same hour', () => {
  expect(play({}).concurrency).toEqual(play({}).concurrency);
});

it('Lambda runs no more than the account allows, and refuses the rest', () => {
  const hour = play({ growth: { most: 20 } });
  expect(Math.max(...hour.concurrency)).toBe(20);
  // Twenty at a time serve 20 / TAKES a second.
  expect(1 - share(hour.refusals.lambda, hour.requests)).toBeCloseTo(20 / TAKES / 10, 1);
});

it('a crowd that comes at once gets as many environments as Lambda may start', () => {
  const crowd = (second: number): number => (second === 300 ? 5000 : 0);
  const hour = play({ perSecond: crowd, growth: { burst: 1000, perTick: 1 } });
  const started = total(hour.started);
  expect(started).toBeGreaterThanOrEqual(1000);
  expect(started).toBeLessThanOrEqual(1100);
  expect(hour.refusals.lambda).toBe(5000 - started);
});

it('an idle environment is used again until Lambda ends it', () => {
  const everyTenSeconds = (second: number): number => (second % 10 === 0 ? 1 : 0);
  expect(total(play({ perSecond: everyTenSeconds }).started)).toBe(0);
  expect(total(play({ perSecond: everyTenSeconds, growth: { idleTicks: 100 } }).started)).toBe(60);
});

it('an environment reads the health table when its state has grown old, and not at every request', () => {
  const rare = play({ perSecond: (second) => (second % 10 === 0 ? 1 : 0) });
  expect(total(rare.reads)).toBe(60);
  const often = play({ perSecond: () => 100 });
  expect(total(often.reads) / SECONDS / (often.meanConcurrency / 5)).toBeCloseTo(1, 1);
});

it('the gateway lets its rate through, and a burst', () => {
  const hour = play({ gateway: new Bucket(50, 4 / 100) });
  expect(1 - share(hour.refusals.gateway, hour.requests)).toBeCloseTo(0.4, 2);
});

describe('a host that is out of quota', () => {
  const anthropic = (limits: Partial<HostLimits>): HostLimits => ({ ...PLENTY, ...limits }) as HostLimits;

  it('leaves the rest to the next one, and nobody fails', () => {
    const hour = play({ hosts: [anthropic({ requests: 240 }), PLENTY] });
    expect(share(hour.servedBy[0]!, hour.requests)).toBeCloseTo(0.4, 1);
    expect(hour.servedBy[0]! + hour.servedBy[1]!).toBe(total(hour.requests));
    expect(hour.refusals.quota).toBe(0);
  });

  it.each([
    ['input', { input: 300_000 }],
    ['output', { output: 42_000 }],
  ])('is one whose %s tokens are used up', (_, limits) => {
    const hour = play({ hosts: [anthropic(limits)] });
    expect(share(hour.servedBy[0]!, hour.requests)).toBeCloseTo(0.5, 1);
    expect(hour.refusals.quota).toBe(total(hour.requests) - hour.servedBy[0]!);
  });

  it('is one that is down', () => {
    const hour = play({ hosts: [anthropic({ requests: 0 }), PLENTY] });
    expect(hour.servedBy).toEqual([0, total(hour.requests)]);
  });
});

describe('Bedrock', () => {
  const bedrock = (limits: { tokens: number; maxTokens: number; burndown?: number }): HostLimits => ({
    kind: 'bedrock',
    burndown: 5,
    ...limits,
  });

  it('reserves max_tokens, so that few run at a time however short their answers are', () => {
    const quota = createQuota(bedrock({ tokens: 10_000, maxTokens: 4000 }));
    const short: TokenCounts = { context: 0, generated: 1 };
    expect([0, 0, 0].map((tick) => quota.admits(short, tick))).toEqual([true, true, false]);
    quota.settle(short);
    expect(quota.admits(short, 0)).toBe(true);
  });

  it('takes five tokens for each of an answer in the end', () => {
    const hour = play({ hosts: [bedrock({ tokens: 1000 * 300 + 140 * 5 * 300, maxTokens: 200 })] });
    expect(share(hour.servedBy[0]!, hour.requests)).toBeCloseTo(0.5, 1);
  });

  it('serves nobody where a request asks for more than there is in a minute', () => {
    const hour = play({ hosts: [bedrock({ tokens: 50_000, maxTokens: 64_000 })] });
    expect(hour.servedBy).toEqual([0]);
  });
});
