import { Turns, type Turn } from '../../lambda/gateway/admission/turns';
import { VirtualClock } from '../engine/virtual-clock';

const never = new AbortController().signal;
const MODEL = 'claude-opus-5-5';
let clock: VirtualClock;
beforeEach(() => (clock = new VirtualClock()));
const turnsPassed = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

it('a team with one request is served next, while another has a hundred under way', async () => {
  const turns = new Turns(clock, 10);
  const running: Turn[] = [];
  const order: string[] = [];
  const ask = async (team: string): Promise<void> => {
    const turn = await turns.take(MODEL, team, 1, 60_000, never);
    order.push(team);
    running.push(turn);
  };
  const all = [...Array.from({ length: 100 }, () => ask('many'))];
  await turnsPassed();
  expect(order).toHaveLength(10);
  all.push(ask('one'));
  running.shift()!.end();
  await turnsPassed();
  expect(order.slice(10)).toEqual(['one']);
  while (order.length < 101) {
    running.shift()!.end();
    await turnsPassed();
    expect(running.length).toBeLessThanOrEqual(10);
  }
  await Promise.all(all);
  expect(clock.pending).toBe(0);
});

it('without a number of one’s own, teams take turns from when hosts refuse, and no longer half a minute after', async () => {
  const turns = new Turns(clock);
  const many = await Promise.all(Array.from({ length: 20 }, () => turns.take(MODEL, 'many', 1, 60_000, never)));
  for (const turn of many) turn.heard(true);
  const order: string[] = [];
  const ask = (team: string) => turns.take(MODEL, team, 1, 60_000, never).then(() => order.push(team));
  void ask('many');
  void ask('many');
  void ask('one');
  await turnsPassed();
  expect(order).toEqual([]);
  for (const turn of many) turn.end();
  await turnsPassed();
  expect(order[0]).toBe('one');
  clock.advance(31_000);
  await Promise.all(Array.from({ length: 50 }, () => turns.take(MODEL, 'many', 1, 60_000, never)));
});

it('who waits too long is told that the gateway is overloaded; who leaves is not waited for', async () => {
  const turns = new Turns(clock, 1);
  const first = await turns.take(MODEL, 'a', 1, 1000, never);
  const late = turns.take(MODEL, 'b', 1, 1000, never);
  const leaving = new AbortController();
  const left = turns.take(MODEL, 'c', 1, 10_000, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ status: 499 });
  clock.advance(1000);
  await expect(late).rejects.toMatchObject({ status: 529, headers: { 'retry-after': '1' } });
  const next = turns.take(MODEL, 'd', 1, 1000, never);
  first.end();
  await next;
  expect(clock.pending).toBe(0);
});

it('no more than a thousand wait', async () => {
  const turns = new Turns(clock, 1);
  await turns.take(MODEL, 'a', 1, 1000, never);
  const waiting = Array.from({ length: 1000 }, () => turns.take(MODEL, 'a', 1, 1000, never));
  await expect(turns.take(MODEL, 'b', 1, 1000, never)).rejects.toMatchObject({ status: 529 });
  clock.advance(1000);
  await Promise.allSettled(waiting);
});
