import { createHealthStore } from '../../lambda/gateway/state/health-store';
import { dynamoTable } from '../../lambda/aws/dynamo-table';
import type { FigureEntry, HealthEntry, OverrideEntry } from '../../lib/contract';
import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';

const NOW = Date.now();
let now = NOW;
let table: SimulatedTable;
beforeEach(async () => {
  now = NOW;
  table = await startHealthTable('health', () => now);
});
afterEach(() => table.close());

const env = () => ({
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
});
const store = (name = 'health') => createHealthStore(name, env());
const down: HealthEntry = {
  type: 'health',
  host: 'anthropic',
  scope: 'claude-opus-5-5 count_tokens',
  state: 'down',
  until: NOW + 15_000,
  reason: 'connection',
  at: NOW,
};
const drain: OverrideEntry = {
  type: 'override',
  host: 'bedrock',
  action: 'drain',
  until: NOW + 60_000,
  at: NOW,
  by: 'on-call',
};

test('what is written is read, by whomever', async () => {
  const weight: OverrideEntry = { ...drain, host: 'vertex', action: 'weight', percent: 12.5 };
  for (const entry of [down, drain, weight]) expect(await store().write(entry)).toBe(true);
  expect(await store().read()).toEqual(expect.arrayContaining([down, drain, weight]));
});

const figure: FigureEntry = {
  type: 'figure',
  name: 'first-content',
  host: 'anthropic',
  scope: 'claude-opus-5-5',
  value: 812.5,
  samples: 9,
  before: 700,
  since: NOW,
  at: NOW,
  until: NOW + 86_400_000,
};

test('a figure stands beside the health of its host, and the one that was seen last stays', async () => {
  expect(await store().write(down)).toBe(true);
  expect(await store().write(figure)).toBe(true);
  expect(await store().write({ ...figure, name: 'prompt-price', value: 0.3 })).toBe(true);
  expect(await store().write({ ...figure, value: 900, at: NOW - 1 })).toBe(false);
  expect(await store().write({ ...figure, value: 900, at: NOW + 1 })).toBe(true);
  expect(await store().read()).toEqual(
    expect.arrayContaining([
      down,
      { ...figure, value: 900, at: NOW + 1 },
      { ...figure, name: 'prompt-price', value: 0.3 },
    ]),
  );
});

test('entries of types that only a later version knows, and figures that are none, are passed over', async () => {
  const raw = dynamoTable('health', env(), 1000);
  const row = { kind: 'router', ...figure };
  await raw.put({ ...row, entry: 'later#anthropic', type: 'later' });
  await raw.put({ ...row, entry: 'figure#a', value: 0 });
  await raw.put({ ...row, entry: 'figure#b', value: 'NaN' });
  await raw.put({ ...row, entry: 'figure#c', name: 'second-content' });
  await store().write(down);
  expect(await store().read()).toEqual([down]);
});

test('until only grows within an outage', async () => {
  await store().write(down);
  expect(await store().write({ ...down, until: NOW + 14_000, at: NOW + 1 })).toBe(false);
  expect(await store().write({ ...down, until: NOW + 30_000, at: NOW + 2 })).toBe(true);
  expect(await store().read()).toEqual([{ ...down, until: NOW + 30_000, at: NOW + 2 }]);
});

test('a return ends an outage that was seen before it, and no later one', async () => {
  await store().write(down);
  expect(await store().write({ ...down, state: 'back', at: NOW - 1 })).toBe(false);
  expect(await store().write({ ...down, state: 'back', at: NOW + 1, until: NOW + 1 })).toBe(true);
  expect(await store().write(down)).toBe(false);
  expect(await store().write({ ...down, at: NOW + 2 })).toBe(true);
});

test('an override replaces the host’s last one, and can be taken back', async () => {
  await store().write(drain);
  await store().write({ ...drain, action: 'drill', until: NOW + 1000 });
  expect(await store().read()).toEqual([{ ...drain, action: 'drill', until: NOW + 1000 }]);
  await store().removeOverride('bedrock');
  expect(await store().read()).toEqual([]);
});

test('an override leaves the table when it ends, an outage a while later', async () => {
  await store().write(down);
  await store().write(drain);
  now = NOW + 62_000;
  expect(await store().read()).toEqual([down]);
  now = NOW + 700_000;
  expect(await store().read()).toEqual([]);
});

test('all pages are read', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ ...down, scope: `model-${index}` }));
  await Promise.all(many.map((entry) => store().write(entry)));
  expect(await store().read()).toHaveLength(60);
  expect(table.asked.filter((operation) => operation === 'Query')).toHaveLength(3);
});

test('items that nobody can read are passed over', async () => {
  const raw = dynamoTable('health', env(), 1000);
  await raw.put({ kind: 'router', entry: 'health#x', type: 'health', host: 'x', until: 'soon' });
  await raw.put({ kind: 'router', entry: 'note', text: 'hello' });
  await raw.put({ kind: 'router', entry: 'override#y', ...drain, percent: 300 });
  await raw.put({ kind: 'canary', entry: 'spend', micros: 12 });
  await store().write(down);
  expect(await store().read()).toEqual([down]);
  expect(await raw.query('canary')).toEqual([{ kind: 'canary', entry: 'spend', micros: 12 }]);
});

test('a table that throttles or fails is asked again, and then the call is rejected with its words', async () => {
  await table.setFault('throttled');
  await expect(store().read()).rejects.toThrow(/ProvisionedThroughputExceededException/);
  await table.setFault('server-error');
  await expect(store().write(down)).rejects.toThrow('dynamodb answered 500');
});

test('a table that does not answer is given up after two seconds', async () => {
  await table.setFault('hang');
  await expect(store().read()).rejects.toThrow(/dynamodb in eu-central-1 cannot be called: .*timeout/);
});

test('a table that there is not is told by its name’s absence', async () => {
  await expect(store('elsewhere').read()).rejects.toThrow(/ResourceNotFoundException/);
});

test('a row that no reader believes is no news that others would have to wait for', async () => {
  const year = 365 * 86_400_000;
  const raw = dynamoTable('health', env(), 1000);
  const row = { kind: 'router', entry: `health#${down.host}#${down.scope}`, ...down };
  for (const wrong of [{ until: NOW + year }, { until: NOW + year, at: NOW + year }]) {
    await raw.put({ ...row, ...wrong });
    expect(await store().write({ ...down, at: NOW + 5 })).toBe(true);
    expect(await store().read()).toEqual([{ ...down, at: NOW + 5 }]);
  }
  await raw.put({ ...row, at: NOW + year });
  expect(await store().write({ ...down, state: 'back', at: NOW + 6, until: NOW + 6 })).toBe(true);
});
