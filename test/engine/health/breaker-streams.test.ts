import { Breaker } from '../../../lambda/engine/health/breaker';

const START = 1_700_000_000_000;
const anyone = () => 0.99;

function opened(): Breaker {
  const breaker = new Breaker();
  for (let times = 0; times < 3; times += 1) breaker.failed(START);
  return breaker;
}

test('an answer that has begun breaks a row of failures', () => {
  const breaker = new Breaker();
  breaker.failed(START);
  breaker.failed(START);
  breaker.began(START, START, true);
  breaker.failed(START);
  expect(breaker.admit(anyone, START)).toBe('admitted');
});

test('a probe need not be whole to end the outage, where nothing speaks against it', () => {
  const breaker = opened();
  expect(breaker.admit(anyone, START + 10_000)).toBe('probe');
  breaker.began(START + 11_000, START + 10_000, true);
  expect(breaker.state(START + 11_000)).toMatchObject({ name: 'ramping', stage: 0 });
});

test('who was let in for want of a better host ends the outage too, if it asked after it had begun', () => {
  const breaker = opened();
  breaker.began(START + 2000, START - 1000, true);
  expect(breaker.state(START + 2000).name).toBe('open');
  breaker.began(START + 3000, START + 2000, true);
  expect(breaker.state(START + 3000).name).toBe('ramping');
});

test('a host that fails again as soon as it has traffic is left alone for longer each time', () => {
  const breaker = opened();
  const waits: number[] = [];
  let now = START;
  for (let flap = 0; flap < 5; flap += 1) {
    now = breaker.until(now);
    breaker.admit(anyone, now);
    breaker.began(now, now, true);
    breaker.failed(now + 1000);
    waits.push(breaker.until(now + 1000) - now - 1000);
    now += 1000;
  }
  expect(waits).toEqual([20_000, 40_000, 80_000, 80_000, 80_000]);
});

test('after an outage of dying streams the probe has to be whole', () => {
  const breaker = opened();
  expect(breaker.admit(anyone, START + 10_000)).toBe('probe');
  breaker.began(START + 11_000, START + 10_000, false);
  expect(breaker.state(START + 11_000)).toMatchObject({ name: 'half-open', probing: true });
  breaker.succeeded(START + 20_000, START + 11_000);
  expect(breaker.state(START + 20_000).name).toBe('ramping');
});

test('a stream that began before the outage does not end it, however late it is whole', () => {
  const breaker = opened();
  breaker.succeeded(START + 5000, START - 30_000);
  expect(breaker.state(START + 5000).name).toBe('open');
  breaker.succeeded(START + 12_000, START - 30_000);
  expect(breaker.state(START + 12_000).name).toBe('half-open');
  expect(breaker.admit(anyone, START + 12_000)).toBe('probe');
});

test('a stream that began before a stage of the ramp does not complete it', () => {
  const breaker = opened();
  breaker.admit(anyone, START + 10_000);
  breaker.succeeded(START + 10_000, START + 10_000);
  breaker.succeeded(START + 29_000, START + 9000);
  expect(breaker.state(START + 31_000)).toMatchObject({ name: 'ramping', stage: 0 });
  breaker.succeeded(START + 31_000, START + 11_000);
  expect(breaker.state(START + 31_000)).toMatchObject({ name: 'ramping', stage: 1 });
});

test('an outage that somebody else has told of is not ended by a stream from before it either', () => {
  const breaker = new Breaker();
  breaker.hold(START + 10_000, START);
  breaker.succeeded(START + 10_001, START - 1);
  expect(breaker.state(START + 10_001).name).toBe('half-open');
});

test('failures stay away for as long as their kind says, not for the configured time', () => {
  const breaker = new Breaker();
  for (let times = 0; times < 3; times += 1) breaker.failed(START, false, 600_000);
  expect(breaker.until(START)).toBe(START + 600_000);
});

test('a breaker that is tripped opens whatever its counts are, and only from closed', () => {
  const breaker = new Breaker();
  breaker.trip(START);
  expect(breaker.until(START)).toBe(START + 10_000);
  breaker.trip(START + 5000, 600_000);
  expect(breaker.until(START + 5000)).toBe(START + 10_000);
});
