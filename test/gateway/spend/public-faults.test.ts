import type { RouterConfig } from '../../../lib/contract';
import { resolveModels } from '../../../lib/catalog/resolve';
import { Allowance } from '../../../lambda/engine/allowance/allowance';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { Limits } from '../../../lambda/gateway/spend/limits/limits';
import { userOf } from '../../../lambda/gateway/plan/user';
import { pass, SpendingProcess } from '../../engine/allowance/processes';
import { UnreliableStore } from '../../engine/allowance/unreliable-store';
import { VirtualClock } from '../../engine/virtual-clock';
import { small } from '../small-config';

const MODEL = 'claude-opus-5-5';
const limits = (config: Partial<RouterConfig>): Limits =>
  new Limits({ hosts: [], models: [MODEL], routes: [], ...config }, resolveModels([MODEL]));
const scopes = (of: Limits, team: string | undefined, user: string): string[] =>
  of.of({ team, user, model: MODEL }).map(({ scope, micros }) => `${scope.type} ${micros}`);

// Faults of LiteLLM's budgets, as its users have reported them.

describe('BerriAI/litellm#26672: requests at the same time get past a budget together', () => {
  it('a hundred at once, of ten processes, are let in only as far as there is room', async () => {
    const clock = new VirtualClock();
    const store = new UnreliableStore(clock, () => ({ kind: 'well', ms: 6 }));
    const processes = Array.from({ length: 10 }, (_, at) => new SpendingProcess(`p${at}`, store, clock, 0, at / 10));
    const asked = processes.flatMap((each) =>
      Array.from({ length: 10 }, () => each.spend(100, 1000, 100, new Promise((over) => void clock.timer(50, over)))),
    );
    await pass(clock, 2000, 5);
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === 'granted')).toHaveLength(10);
    expect(store.highestUsed).toBe(1000);
  });
});

describe('BerriAI/litellm#36926 and #40050: a counter drifts upwards, and says "exceeded" where little is spent', () => {
  it('what is held too much comes back, request by request, and nothing of it stays', async () => {
    const clock = new VirtualClock();
    const fortunes = [
      'well',
      'well',
      'well',
      'unheard',
      'well',
      'well',
      'lost',
      'well',
      'well',
      'well',
      'late',
    ] as const;
    let call = 0;
    const store = new UnreliableStore(clock, () => ({ kind: fortunes[(call += 1) % fortunes.length]!, ms: 4 }));
    const one = new SpendingProcess('one', store, clock, 0, 0);
    for (let count = 0; count < 200; count += 1) {
      void one.spend(400, 1000, 1, Promise.resolve());
      await pass(clock, 60, 10);
    }
    for (let turn = 0; turn < 10; turn += 1) {
      await pass(clock, 300, 10);
      void one.allowance.flushed();
    }
    const { used, spent } = store.of('item 0');
    expect(one.granted).toBeGreaterThan(50);
    expect(spent).toBe(one.settled);
    expect(used).toBe(spent);
  });

  it('a new process goes by what the table says, and by nothing that it remembers itself', async () => {
    const clock = new VirtualClock();
    const store = new UnreliableStore(clock, () => ({ kind: 'well', ms: 2 }));
    const fresh = new Allowance((shard) => `item ${shard}`, { store, clock, process: 'new' }, 0);
    expect(fresh.known()).toBeUndefined();
  });
});

describe('BerriAI/litellm#11083 and #9658: end users have no limit, though one is configured', () => {
  const config = {
    spend: { perUser: { daily: 5 } },
    clients: [{ name: 'web', spend: { users: { ann: { daily: 20 } } } }],
  };

  it.each([
    ['one that a team names', 'web', 'ann', 20],
    ['any other of that team', 'web', 'bob', 5],
    ['one of a team that the configuration does not know', 'unheard-of', 'ann', 5],
    ['one of nobody', undefined, 'ann', 5],
    ['who is not named at all', 'web', userOf({}, {}), 5],
  ])('%s has one', (_, team, user, usd) => {
    expect(scopes(limits(config), team, user)).toEqual([`user ${usd * 1e6}`]);
  });
});

describe('BerriAI/litellm#20615: one wrong price, and nobody is served', () => {
  const described = { id: 'claude-of-tomorrow', on: { anthropic: 'claude-of-tomorrow' } };
  const parse = (spend: RouterConfig['spend']) => () => parseConfig(small({ models: [MODEL, described], spend }));

  it('a model without a price is told by its name before anybody is served', () => {
    expect(parse({ daily: 1 })).toThrow(
      /models\[1\]: "claude-of-tomorrow" has no list price, so that nobody could say what it costs/,
    );
  });

  it('or it is free, by choice, and all others are as ever', () => {
    expect(parse({ daily: 1, unknownPrice: 'free' })).not.toThrow();
  });

  it('a limit that can never hold is told as well: a zero too many', () => {
    expect(parse({ daily: 5000, monthly: 500, unknownPrice: 'free' })).toThrow(
      /spend: "daily" is 5000 USD and "monthly" 500/,
    );
  });
});

describe('of several limits', () => {
  it('what is named more closely takes the place of what is not, period by period', () => {
    const config = {
      spend: { monthly: 1000, perTeam: { daily: 10, monthly: 100 }, models: { [MODEL]: { weekly: 7 } } },
      clients: [{ name: 'web', spend: { monthly: 300 } }],
    };
    expect(scopes(limits(config), 'web', '').sort()).toEqual([
      'gateway 1000000000',
      'model 7000000',
      'team 10000000',
      'team 300000000',
    ]);
  });

  it('an operator can tighten what stands in the configuration, and not loosen it', () => {
    const of = limits({ spend: { perTeam: { daily: 10 } } });
    const stored = { scope: 'team#web', period: 'daily', createdAt: 1, updatedAt: 1, by: 'finance' } as const;
    for (const [cents, micros] of [
      [500, 5e6],
      [5000, 10e6],
    ] as const) {
      of.learn([{ ...stored, cents }]);
      expect(scopes(of, 'web', '')).toEqual([`team ${micros}`]);
    }
    of.learn([stored]);
    expect(scopes(of, 'web', '')).toEqual(['team 10000000']);
  });

  it('a region has its share of each', () => {
    const [limit] = limits({ spend: { daily: 10, share: 60 } }).of({ team: undefined, user: '', model: MODEL });
    expect(limit?.share).toBe(6e6);
  });
});
