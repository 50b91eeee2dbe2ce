import { Spool, type SpoolParts } from '../../../lambda/gateway/audit/spool';

const clock = { now: () => 0, timer: () => ({ cancel: () => {} }) };
const parts = (put: SpoolParts['put'], told: Partial<SpoolParts> = {}): SpoolParts => ({
  put,
  clock,
  servesMany: false,
  flushing: () => {},
  waiting: () => {},
  lost: () => {},
  ...told,
});

it('tries only what Firehose has not taken again, and keeps the order', async () => {
  const calls: (readonly string[])[] = [];
  const spool = new Spool(
    parts((lines) => {
      calls.push(lines);
      return Promise.resolve(calls.length === 1 ? ['b', 'd'] : []);
    }),
  );
  for (const line of ['a', 'b', 'c', 'd']) spool.add(line);
  await spool.flush();
  expect(spool.isDown).toBe(true);
  spool.add('e');
  await spool.flush(true);
  expect(calls).toEqual([
    ['a', 'b', 'c', 'd'],
    ['b', 'd', 'e'],
  ]);
  expect(spool.isDown).toBe(false);
});

it('writes at most 500 records a call', async () => {
  const sizes: number[] = [];
  const spool = new Spool(
    parts((lines) => {
      sizes.push(lines.length);
      return Promise.resolve([]);
    }),
  );
  for (let count = 0; count < 1_201; count += 1) spool.add('line');
  await spool.flush();
  expect(sizes).toEqual([500, 500, 201]);
});

it('counts what it has no room for, and what a process that ends leaves unwritten', async () => {
  let lost = 0;
  const spool = new Spool(parts(() => Promise.reject(new Error('down')), { lost: (lines) => void (lost += lines) }));
  const large = 'x'.repeat(4_000_000);
  for (let count = 0; count < 5; count += 1) spool.add(large);
  expect(lost).toBe(1);
  await spool.close();
  expect(lost).toBe(5);
});
