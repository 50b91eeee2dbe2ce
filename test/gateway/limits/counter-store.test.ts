import { createCounterStore } from '../../../lambda/gateway/limits/counter-store';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';

const NOW = Date.parse('2026-11-28T10:00:00Z');
let now = NOW;
let table: SimulatedTable;
beforeEach(async () => {
  now = NOW;
  table = await startHealthTable('health', () => now);
});
afterEach(() => table.close());

const store = () =>
  createCounterStore('health', {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  });

test('what processes add at once is all there', async () => {
  const counter = { requests: 3, processes: 1 };
  await Promise.all(Array.from({ length: 20 }, () => store().add('rate#web#1', counter, NOW + 60_000)));
  expect(await store().read('rate#web#1')).toEqual({ requests: 60, processes: 20 });
  expect(await store().add('rate#web#1', counter, NOW + 60_000)).toEqual({ requests: 63, processes: 21 });
  expect(await store().read('rate#web#2')).toEqual({ requests: 0, processes: 0 });
});

test('a counter is forgotten when its time is over', async () => {
  await store().add('quota#web#day#2026-11-28', { requests: 3, processes: 0 }, NOW + 60_000);
  now += 61_000;
  expect(await store().read('quota#web#day#2026-11-28')).toEqual({ requests: 0, processes: 0 });
});

test('rejects when the table cannot be used', async () => {
  await table.setFault('server-error');
  await expect(store().read('rate#web#1')).rejects.toThrow();
  await expect(store().add('rate#web#1', { requests: 1, processes: 1 }, NOW)).rejects.toThrow();
});
