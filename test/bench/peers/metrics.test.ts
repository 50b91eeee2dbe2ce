import type { PeerRound } from '../../../bench/peers/experiments';
import { columnsOf } from '../../../bench/peers/metrics';
import { DIRECT, PASS_THROUGH, type Way } from '../../../bench/peers/ways';

const way = (name: string, startMs?: number): Way => ({
  name,
  setUp: '',
  ...(startMs !== undefined && { startMs }),
  target: () => undefined,
  stop: () => Promise.resolve(),
});
const WAYS = [way(DIRECT), way(PASS_THROUGH, 50), way('a gateway', 200)];

/** A round in which everything takes so many times as long as in another. */
function roundOf(slowness: number, gatewayMs: number): PeerRound {
  const sample = (ms: number) => ({
    p50Ms: ms * slowness,
    p99Ms: ms * slowness,
    latestMs: ms * slowness,
    perSecond: 1000 / (ms * slowness),
    coalesced: 0,
    cpuMicros: ms * slowness,
    rssBytes: 1e6,
  });
  const samples = (ms: number) => ({ unary: sample(ms), load: sample(ms) });
  return new Map([
    [DIRECT, samples(1)],
    [PASS_THROUGH, samples(2)],
    ['a gateway', samples(gatewayMs)],
  ]);
}

describe('what a gateway takes, times the pass-through', () => {
  const columns = columnsOf([roundOf(1, 4), roundOf(9, 4), roundOf(3, 4)], WAYS);
  const column = (what: string) => columns.find((each) => each.what.startsWith(what))!;

  it('is of the same round, so that a machine that is slow for a while does not show', () => {
    expect(column('unary, requests a second').ratios).toEqual({ 'a gateway': expect.closeTo(0.5) as number });
    expect(column('unary, CPU').ratios).toEqual({ 'a gateway': expect.closeTo(2) as number });
  });

  it('counts what is added to no gateway, where it is about that', () => {
    expect(column('unary, added').ratios).toEqual({ 'a gateway': expect.closeTo(3) as number });
  });

  it('is told of the start too, which is measured once', () => {
    expect(column('start of the process').ratios).toEqual({ 'a gateway': 4 });
  });

  it('is not told where noise has put the pass-through below zero', () => {
    const [added] = columnsOf([roundOf(-1, 4)], WAYS);
    expect(added!.ratios).toEqual({});
  });

  it('is not told of what could not be measured', () => {
    expect(column('stream of 20 MB').ratios).toEqual({});
  });
});
