import type { ProbeEvent } from '../../../lambda/functions/pre-traffic/probe-event';
import {
  type LiveEndpoint,
  rollOut,
  type RolloutPlan,
  type RolloutWorld,
  type Weights,
} from '../../../lambda/functions/rollout/roll-out';

const LIVE: LiveEndpoint = { url: 'https://live.example.com', weights: [{ revisionId: 'old', weight: 100 }] };
const PLAN: RolloutPlan = {
  revisionId: 'new',
  probes: [{ host: 'anthropic', model: 'claude-haiku-5-5' }],
  percent: 10,
  watchMs: 300_000,
};
const MESSAGE = JSON.stringify({ type: 'message', role: 'assistant', content: [] });
const sound = async () => ({ status: 200, trace: 'anthropic:ok', body: MESSAGE });
const down = async () => ({
  status: 401,
  trace: 'anthropic:credential',
  body: JSON.stringify({ error: { type: 'authentication_error', message: 'the key is refused' } }),
});

/** Everything is well, unless the test says otherwise. */
function worldOf(change: Partial<RolloutWorld> = {}): { world: RolloutWorld; shifts: Weights[]; slept: () => number } {
  const shifts: Weights[] = [];
  let slept = 0;
  const world: RolloutWorld = {
    isStarted: async () => true,
    startFailure: async () => undefined,
    live: async () => LIVE,
    shift: async (weights) => void shifts.push(weights),
    ringing: async () => [],
    ask: () => sound,
    timeLeftMs: () => 800_000,
    sleep: async (ms) => void (slept += ms),
    log: () => undefined,
    ...change,
  };
  return { world, shifts, slept: () => slept };
}

const TENTH: Weights = [
  { revisionId: 'old', weight: 90 },
  { revisionId: 'new', weight: 10 },
];
const BACK: Weights = [{ revisionId: 'old', weight: 100 }];

it('gives a new revision a tenth of the traffic for five minutes, and leaves the rest to CloudFormation', async () => {
  const { world, shifts, slept } = worldOf();
  await rollOut(PLAN, world);
  expect(shifts).toEqual([TENTH]);
  expect(slept()).toBe(300_000);
});

it('shifts nothing for the first revision, which has none before it', async () => {
  const { world, shifts } = worldOf({ live: async () => undefined });
  await rollOut(PLAN, world);
  expect(shifts).toEqual([]);
});

it('shifts nothing for a revision that serves already, as after a rollback', async () => {
  const { world, shifts } = worldOf({ live: async () => ({ ...LIVE, weights: [{ revisionId: 'new', weight: 100 }] }) });
  await rollOut(PLAN, world);
  expect(shifts).toEqual([]);
});

it('stops at a revision that does not start, with what its start report says, although Lambda calls it active', async () => {
  const { world, shifts } = worldOf({
    isStarted: async () => false,
    startFailure: async () => 'its start report says Runtime.ExitError',
  });
  await expect(rollOut(PLAN, world)).rejects.toThrow(
    'revision new does not start: its start report says Runtime.ExitError',
  );
  expect(shifts).toEqual([]);
});

it('waits for an environment that takes its time, and gives up after two minutes', async () => {
  let tries = 0;
  const slow = worldOf({ isStarted: async () => ++tries > 3, live: async () => undefined });
  await rollOut(PLAN, slow.world);
  expect(slow.slept()).toBe(15_000);
  const never = worldOf({ isStarted: async () => false });
  await expect(rollOut(PLAN, never.world)).rejects.toThrow('it answers nothing');
  expect(never.slept()).toBeLessThanOrEqual(120_000);
});

it('stops before any traffic at a host that answers through the revision before only, and names it', async () => {
  const { world, shifts } = worldOf({ ask: (url?: string) => (url === undefined ? down : sound) });
  await expect(rollOut(PLAN, world)).rejects.toThrow(
    /serves worse than the one before: host anthropic: .*the key is refused/,
  );
  expect(shifts).toEqual([]);
});

it('goes on during an outage of a host, which is no fault of the new revision', async () => {
  const { world, shifts } = worldOf({ ask: () => down });
  await rollOut(PLAN, world);
  expect(shifts).toEqual([TENTH]);
});

it('asks each host by name', async () => {
  const asked: ProbeEvent[] = [];
  const { world } = worldOf({
    ask: () => async (event) => {
      asked.push(event);
      return sound();
    },
  });
  await rollOut(PLAN, world);
  expect(asked.map(({ headers }) => headers['x-failover-only'])).toEqual(['anthropic', 'anthropic']);
});

it('goes back to the revision before when an alarm goes off, and says which', async () => {
  let looks = 0;
  const { world, shifts } = worldOf({ ringing: async () => (++looks > 3 ? ['Stack/Gateway/Alarms/Errors'] : []) });
  await expect(rollOut(PLAN, world)).rejects.toThrow(
    'alarm Stack/Gateway/Alarms/Errors went off while revision new had 10 % of the traffic',
  );
  expect(shifts).toEqual([TENTH, BACK]);
});

it('does not take an alarm for its own that was on before', async () => {
  const { world, shifts } = worldOf({ ringing: async () => ['Stack/Gateway/Alarms/Exhausted'] });
  await rollOut(PLAN, world);
  expect(shifts).toEqual([TENTH]);
});

it('goes back when the alarms can no longer be looked at', async () => {
  let looks = 0;
  const { world, shifts } = worldOf({
    ringing: async () => {
      if (++looks > 1) throw new Error('monitoring answered 500');
      return [];
    },
  });
  await expect(rollOut(PLAN, world)).rejects.toThrow('monitoring answered 500');
  expect(shifts).toEqual([TENTH, BACK]);
});
