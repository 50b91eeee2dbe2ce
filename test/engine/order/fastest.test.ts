import { Fleet } from './fleet';

type Speeds = Readonly<Record<string, number>>;
const EQUAL: Speeds = { a: 1000, b: 1000, c: 1000 };
const SLOW: Speeds = { ...EQUAL, a: 3000 };

/** Milliseconds, plus or minus half of it. */
const noisy = (fleet: Fleet, speeds: Speeds) => (host: string) => speeds[host]! * (0.5 + fleet.random());

/** The share of host `a` in each of so many minutes of five new conversations a second. */
function minutes(fleet: Fleet, speeds: Speeds, many: number): number[] {
  return Array.from({ length: many }, () => fleet.run(300, 200, noisy(fleet, speeds))['a']!);
}

describe.each([1, 2, 20])('with %d processes and one table', (processes) => {
  const known = (): Fleet => {
    const fleet = new Fleet(['a', 'b', 'c'], processes);
    minutes(fleet, EQUAL, 10);
    return fleet;
  };

  test('hosts that are about as fast are taken as they are listed, whatever chance does', () => {
    const hour = minutes(known(), { a: 1000, b: 900, c: 1200 }, 30);
    expect(Math.min(...hour)).toBeGreaterThan(0.9);
  });

  test('new conversations have left a host that slows to three times within a minute, for all of the others', () => {
    const fleet = known();
    fleet.run(600, 100, noisy(fleet, SLOW));
    const after = fleet.run(600, 100, noisy(fleet, SLOW));
    expect(after['a']).toBeLessThan(0.05);
    expect(after['b']).toBeGreaterThan(0.35);
    expect(after['c']).toBeGreaterThan(0.35);
  });

  test('they do not flap while it is slow, and come back by and by when it recovers', () => {
    const fleet = known();
    minutes(fleet, SLOW, 1);
    expect(Math.max(...minutes(fleet, SLOW, 15))).toBeLessThan(0.05);
    const back = minutes(fleet, EQUAL, 45);
    expect(back[0]).toBeLessThan(0.1);
    expect(Math.min(...back.slice(30))).toBeGreaterThan(0.8);
    const falls = back.slice(1).map((share, index) => back[index]! - share);
    expect(Math.max(...falls)).toBeLessThan(0.15);
  });

  test('an hour without change is told of a few times, and not with each request', () => {
    const fleet = known();
    minutes(fleet, EQUAL, 60);
    expect(fleet.told).toBeLessThan(200);
  });
});

test('twenty processes do not all jump at once onto a host that saturates', () => {
  const fleet = new Fleet(['a', 'b'], 20);
  const recent: string[] = [];
  const latency = (slow: number) => (host: string) => {
    recent.push(host);
    if (recent.length > 50) recent.shift();
    const load = recent.filter((each) => each === host).length / recent.length;
    return (host === 'a' ? slow : load > 0.5 ? 4000 : 1000) * (0.5 + fleet.random());
  };
  fleet.run(6000, 100, latency(1000));
  const shares = Array.from({ length: 100 }, () => fleet.run(100, 100, latency(3000))['b']!);
  expect(Math.max(...shares)).toBeLessThan(0.75);
  // And it is not left alone either.
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.1);
});

test('the turns of a conversation stay at the host where it began, over changes of the fastest, in a process that saw it begin', () => {
  const fleet = new Fleet(['a', 'b', 'c'], 1);
  minutes(fleet, EQUAL, 10);
  const conversations = Array.from({ length: 500 }, (_, index) => (index + 0.5) / 500);
  const at = (turns: number, speeds: Speeds) =>
    conversations.map((each) => fleet.ask(each, turns, noisy(fleet, speeds)));
  const before = at(0, EQUAL);
  minutes(fleet, SLOW, 2);
  const during = at(1, SLOW);
  minutes(fleet, { ...EQUAL, b: 9000 }, 50);
  expect(during).toEqual(before);
  expect(at(1, EQUAL)).toEqual(before);
});

test('in a process that did not see them begin, old ones stay for five minutes after a change, then go where new ones go; young ones are at once where they began', () => {
  const fleet = new Fleet(['a', 'b'], 2);
  minutes(fleet, EQUAL, 10);
  fleet.run(250, 100, noisy(fleet, SLOW));
  const [table] = [...fleet.table.values()].filter(({ host }) => host === 'a');
  expect(table!.value).toBeGreaterThan(table!.before * 2);
  const fresh = new Fleet(['a', 'b'], 1);
  fleet.table.forEach((entry, key) => fresh.table.set(key, entry));
  fresh.pass(fleet.now - fresh.now);
  const places = Array.from({ length: 100 }, (_, index) => (index + 0.5) / 110);
  const shareOfA = (turns: number, from = 0) =>
    places.filter((place) => fresh.ask(place + from, turns, () => NaN) === 'a').length / places.length;
  const old = places.map((place) => fresh.ask(place, 9, () => NaN));
  expect(old.filter((host) => host === 'a')).toHaveLength(100);
  expect(shareOfA(0)).toBeLessThan(0.1);
  fresh.pass(61_000);
  expect(shareOfA(1, 0.002)).toBeLessThan(0.1);
  fresh.pass(240_000);
  expect(shareOfA(9, 0.001)).toBeLessThan(0.1);
});

test('clocks that step and figures that are none change nothing', () => {
  const fleet = new Fleet(['a', 'b'], 2);
  for (const bad of [NaN, Infinity, -5, 0]) fleet.run(100, 100, () => bad);
  expect(fleet.table.size).toBe(0);
  minutes(fleet, EQUAL, 5);
  fleet.pass(-86_400_000 * 365);
  expect(Math.min(...minutes(fleet, EQUAL, 5))).toBeGreaterThan(0.9);
  minutes(fleet, SLOW, 1);
  expect(minutes(fleet, SLOW, 1)[0]).toBeLessThan(0.1);
  fleet.pass(86_400_000 * 365);
  expect(Math.min(...minutes(fleet, EQUAL, 60).slice(30))).toBeGreaterThan(0.9);
});
