import { ENDPOINT_HOST, type OtherRegion } from '../../../lib/contract';
import type { CheckResult } from '../../../lambda/functions/canary/checks/check';
import { newsOfRegion } from '../../../lambda/functions/canary/news';
import { RegionWatch } from '../../../lambda/functions/canary/region-watch';

const ALARMS = 'Claude-us-east-1/Gateway/Alarms/';
const other = (leads: boolean): OtherRegion => ({
  region: 'us-east-1',
  url: 'https://us-east-1.claude.example.com',
  alarms: ALARMS,
  leads,
});
const result = (host: string, outcome: CheckResult['outcome']): CheckResult => ({
  ...{ host, model: 'm', shape: 'plain', outcome, detail: undefined, trace: '', status: 200 },
  ...{
    reason: outcome === 'ok' ? undefined : 'connection',
    firstContentMs: 1,
    usage: undefined,
    at: 1000,
    elapsedMs: 5,
  },
});
const broken = result('foundry', 'outage');
const ENDPOINT = result(ENDPOINT_HOST, 'outage');

/** What the watch says of the region, each round, and what it keeps back. */
function watchOf(leads: boolean) {
  const seen = { problem: undefined as string | undefined, on: [] as string[], asked: 0, fails: false };
  const said: string[] = [];
  const watch = new RegionWatch({
    other: other(leads),
    report: {
      region: (region, problem, hasPaged) =>
        said.push(`${region} ${problem ?? 'answers'}${hasPaged ? ', has paged' : ''}`),
      regionTold: () => said.push('told'),
      trouble: (what) => said.push(what),
    },
    problem: async () => seen.problem,
    alarmsOn: async () => {
      seen.asked += 1;
      if (seen.fails) throw new Error('no route');
      return seen.on.map((name) => ALARMS + name);
    },
  });
  return { seen, said, kept: async (results: CheckResult[]) => [...(await watch.keptBack(results))] };
}

it('asks for alarms only where there is something to tell', async () => {
  const { seen, said, kept } = watchOf(true);
  expect(await kept([result('foundry', 'ok')])).toEqual([]);
  expect([said, seen.asked]).toEqual([['us-east-1 answers'], 0]);
});

it('says that the other region does not answer, and whether that has paged by itself', async () => {
  const { seen, said, kept } = watchOf(false);
  seen.problem = 'connect ECONNREFUSED';
  await kept([]);
  seen.on = ['EndpointBroken', 'ServiceDown'];
  await kept([]);
  expect(said).toEqual(['us-east-1 connect ECONNREFUSED', 'us-east-1 connect ECONNREFUSED, has paged']);
});

it('leaves a failed host to the region that leads, for the first round and while that has told of it', async () => {
  const { seen, kept } = watchOf(true);
  expect(await kept([broken])).toEqual([broken]);
  seen.on = ['FallbackBroken/foundry'];
  expect(await kept([broken])).toEqual([broken]);
  seen.on = ['FallbackBroken/vertex'];
  expect(await kept([broken])).toEqual([]);
  expect(await kept([result('foundry', 'ok')])).toEqual([]);
  expect(await kept([broken])).toEqual([broken]);
});

it('keeps nothing back in the region that leads, nor where the leading one cannot be asked', async () => {
  const leading = watchOf(false);
  leading.seen.on = ['FallbackBroken/foundry', 'ServiceDown'];
  expect(await leading.kept([broken])).toEqual([]);
  expect(leading.said).not.toContain('told');
  const alone = watchOf(true);
  alone.seen.fails = true;
  await alone.kept([broken]);
  expect(await alone.kept([broken])).toEqual([]);
  expect(alone.said).toContain('reading the alarms of us-east-1');
});

it('tells that the leading region has paged, and never keeps the own endpoint back', async () => {
  const { seen, said, kept } = watchOf(true);
  seen.on = ['Exhausted', 'ServiceDown'];
  expect(await kept([ENDPOINT])).toEqual([]);
  expect(said).toContain('told');
});

describe('a region', () => {
  const down = { type: 'health', host: '(region)', scope: 'region', reason: 'connection', writer: 'canary' } as const;

  it('is cut off when every host is down from there, and not when one answers or is merely slow', () => {
    const both = [broken, result('anthropic', 'network'), ENDPOINT];
    expect(newsOfRegion(both, [], 60_000)).toEqual([{ ...down, state: 'down', at: 1005, until: 61_005 }]);
    expect(newsOfRegion([broken, result('anthropic', 'ok')], [], 60_000)).toEqual([]);
    expect(newsOfRegion([broken, result('anthropic', 'slow')], [], 60_000)).toEqual([]);
    expect(newsOfRegion([ENDPOINT], [], 60_000)).toEqual([]);
  });

  it('is back as soon as one host answers', () => {
    const known = [{ ...down, state: 'down', at: 500, until: 60_000 }] as const;
    expect(newsOfRegion([broken, result('anthropic', 'ok')], known, 60_000)).toEqual([
      { ...down, state: 'back', at: 1005, until: 1005 },
    ]);
  });
});
