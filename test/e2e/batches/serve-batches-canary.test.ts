import { BATCH_MS, HOUR_MS, useWorld } from './world';
import { client, many } from './sdk';

const start = useWorld();
const TOLD = { config: { telemetry: { logs: true, metrics: true } } };

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  }
});
afterEach(() => jest.restoreAllMocks());

/** Values of a metric, in their order. */
const values = (name: string): number[] =>
  lines.flatMap((line) => {
    const found = new RegExp(`"${name}":(\\d+)`).exec(line);
    return found ? [Number(found[1])] : [];
  });

describe('the canary of batches', () => {
  it('makes a batch a day of one request, which is worked off as any other, and looks at the one before', async () => {
    const world = await start({ chain: ['anthropic'], ...TOLD });
    await world.canary();
    expect(world.scheduler.schedules.size).toBe(1);
    await world.tick();
    world.skip(BATCH_MS);
    await world.untilEnded();
    world.skip(24 * HOUR_MS);
    await world.canary();
    expect(values('BatchCanaryFailures')).toEqual([0, 0]);
    const [made] = world.host('anthropic').requests;
    const { requests } = JSON.parse(String(made?.body)) as { requests: { params: object }[] };
    expect(requests).toEqual([expect.objectContaining({ params: expect.objectContaining({ max_tokens: 1 }) })]);
  });

  it('tells of a batch that nobody has answered in a day', async () => {
    const world = await start({ chain: ['anthropic'], ...TOLD });
    await world.canary();
    world.skip(24 * HOUR_MS);
    await world.canary();
    expect(values('BatchCanaryFailures')).toEqual([0, 1]);
    expect(lines.join()).toContain('has not ended');
  });

  it('tells of a batch that ended without an answer, and so does the metric of what nobody has answered', async () => {
    const world = await start({ chain: ['anthropic'], ...TOLD });
    await world.host('anthropic').setFault({ kind: 'expired-credential' });
    await world.canary();
    await world.untilEnded();
    world.skip(24 * HOUR_MS);
    await world.canary();
    expect(values('BatchCanaryFailures')).toEqual([0, 1]);
    expect(values('BatchUnanswered')).toEqual([1]);
    expect(lines.join()).toContain('was not answered');
  });

  it('tells when no batch is taken', async () => {
    const world = await start({ chain: ['anthropic'], ...TOLD });
    world.scheduler.isBroken = true;
    await world.canary();
    expect(values('BatchCanaryFailures')).toEqual([1]);
    expect(lines.join()).toContain('has not taken a batch');
  });

  it('is not misled by an event that comes twice', async () => {
    const world = await start({ chain: ['anthropic'], ...TOLD });
    await world.canary();
    await world.canary();
    expect(values('BatchCanaryFailures')).toEqual([0]);
    expect(world.scheduler.schedules.size).toBe(1);
  });
});

it('a batch whose requests were wrong, or were answered, is none that nobody has answered', async () => {
  const world = await start({ chain: ['anthropic'], ...TOLD });
  const wrong = { custom_id: 'wrong', params: { ...many(1).requests[0]!.params, max_tokens: -1 } };
  await client(world).messages.batches.create({ requests: [...many(2).requests, wrong] });
  await world.tick();
  world.skip(BATCH_MS);
  await world.untilEnded();
  expect(values('BatchUnanswered')).toEqual([]);
});
