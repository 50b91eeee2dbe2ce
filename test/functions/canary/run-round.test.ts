import { createCanaryStore } from '../../../lambda/functions/canary/canary-store';
import { createCanary } from '../../../lambda/functions/canary/create-canary';
import type { Check, CheckResult } from '../../../lambda/functions/canary/checks/check';
import { createReport } from '../../../lambda/functions/canary/report';
import { Rotation } from '../../../lambda/functions/canary/rotation';
import { createHealthStore } from '../../../lambda/gateway/state/health-store';
import { systemClock } from '../../../lambda/runtime/system-clock';
import {
  CANARY_METRICS,
  ENV as ROUTER_ENV,
  FINDINGS,
  METRICS_NAMESPACE,
  type CanarySettings,
} from '../../../lib/contract';
import { costUsd } from '../../../lib/catalog/prices';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { ENV, type HostName } from '../../e2e/host-setups';
import { configOf, HAIKU, startHosts, type CheckedHosts } from './hosts';
import { captureLines } from '../../captured-lines';

const CHAIN: readonly HostName[] = ['anthropic', 'bedrock', 'vertex'];
const SETTINGS: CanarySettings = { intervalMinutes: 1, dailyBudgetUsd: 0.129, quotas: [] };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A minute of today in which no more is due than the cheapest model of every host. */
let QUIET: number;

const written = captureLines();
let hosts: CheckedHosts;
let table: SimulatedTable;
let close: () => void;
beforeEach(async () => {
  hosts = await startHosts(CHAIN);
  table = await startHealthTable('health');
  const props = { ...SETTINGS, hosts: configOf(hosts.host, CHAIN).hosts, models: hosts.asking.models, endpoint: false };
  const rotation = new Rotation(props);
  let minute = Math.floor(Date.now() / DAY) * (DAY / MINUTE);
  const isQuiet = (due: readonly Check[]) => due.length === CHAIN.length && due.every(({ model }) => model === HAIKU);
  while (!isQuiet(rotation.due(minute))) minute += 1;
  QUIET = minute * MINUTE;
});
afterEach(async () => {
  close();
  await hosts.close();
  await table.close();
});

const env = () => ({
  ...ENV,
  [ROUTER_ENV.HEALTH_TABLE]: 'health',
  [ROUTER_ENV.SERVICE]: 'Stack-Router',
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
});

function canary(settings: Partial<CanarySettings> = {}) {
  const config = configOf(hosts.host, CHAIN);
  const report = createReport(env());
  const parts = createCanary(config, { ...SETTINGS, ...settings }, env(), report, systemClock, Math.random);
  close = parts.close;
  return parts.canary;
}
const lines = () => written().map((line) => JSON.parse(line) as Record<string, unknown>);
const emf = (name: string) => lines().filter((line) => line['_aws'] !== undefined && name in line);
const logged = (message: string) => lines().filter((line) => line['message'] === message);
const entries = () => createHealthStore('health', env()).read();
const stored = () => createCanaryStore('health', env());
const outcomes = (results: readonly CheckResult[]) => Object.fromEntries(results.map((r) => [r.host, r.outcome]));

it('a round asks every host, publishes a zero for each, and says that it has run', async () => {
  const results = await canary().round(QUIET);
  expect(outcomes(results)).toEqual({ anthropic: 'ok', bedrock: 'ok', vertex: 'ok' });
  const [first] = emf(CANARY_METRICS.hostFailures);
  expect(first).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['service', 'Host']],
          Metrics: [{ Name: 'HostCanaryFailures', Unit: 'Count' }],
        },
      ],
    },
    service: 'Stack-Router',
    Host: 'anthropic',
    HostCanaryFailures: 0,
    model: HAIKU,
    shape: results[0]!.shape,
    finding: 'ok',
  });
  expect(emf(CANARY_METRICS.runs)).toEqual([expect.objectContaining({ CanaryRuns: 1, service: 'Stack-Router' })]);
  expect(emf(CANARY_METRICS.drainedHours)).toEqual([]);
});

it('a dead fallback counts after a second failure at once, with its reason and remedy, and routers are told', async () => {
  await hosts.host('bedrock').setFault({ kind: 'model-not-enabled' });
  const before = Date.now();
  const results = await canary().round(QUIET);
  expect(outcomes(results)).toEqual({ anthropic: 'ok', bedrock: 'not-enabled', vertex: 'ok' });
  expect(hosts.host('bedrock').requests).toHaveLength(2);
  expect(emf(CANARY_METRICS.hostFailures).map((line) => [line['Host'], line['HostCanaryFailures']])).toEqual([
    ['anthropic', 0],
    ['bedrock', 1],
    ['vertex', 0],
  ]);
  const failed = logged('canary').filter(({ outcome }) => outcome !== 'ok');
  expect(failed).toEqual([
    expect.objectContaining({
      level: 'WARN',
      host: 'bedrock',
      model: HAIKU,
      outcome: 'failed',
      finding: 'not-enabled',
      reason: 'permission',
      detail: 'aws AccessDeniedException',
      remedy: FINDINGS['not-enabled'].remedy,
    }),
  ]);
  const [entry, ...rest] = await entries();
  expect(rest).toEqual([]);
  expect(entry).toMatchObject({ type: 'health', host: 'bedrock', scope: HAIKU, state: 'down', reason: 'permission' });
  expect(entry!.until).toBeGreaterThanOrEqual(before + 5 * MINUTE);
});

it('an accident that does not repeat itself is no failure', async () => {
  await hosts.host('bedrock').setFault({ kind: 'server-error', times: 1 });
  const results = await canary().round(QUIET);
  expect(outcomes(results)).toMatchObject({ bedrock: 'ok' });
  expect(await entries()).toEqual([]);
});

it('a host that has recovered is brought back', async () => {
  const checks = canary();
  await hosts.host('vertex').setFault({ kind: 'overloaded' });
  await checks.round(QUIET);
  expect(await entries()).toMatchObject([{ host: 'vertex', state: 'down', reason: 'overloaded' }]);
  await hosts.host('vertex').setFault();
  await checks.round(QUIET);
  expect(
    (await entries()).filter(({ host, ...entry }) => host === 'vertex' && 'scope' in entry && entry.scope === HAIKU),
  ).toMatchObject([{ host: 'vertex', state: 'back', reason: 'overloaded' }]);
});

it('nothing is written as down while every host is: the canary itself may have lost its way', async () => {
  for (const name of CHAIN) await hosts.host(name).setFault({ kind: 'refused' });
  const results = await canary().round(QUIET);
  expect(outcomes(results)).toEqual({ anthropic: 'network', bedrock: 'network', vertex: 'network' });
  expect(emf(CANARY_METRICS.hostFailures).map((line) => line['HostCanaryFailures'])).toEqual([1, 1, 1]);
  expect(await entries()).toEqual([]);
});

it('what an operator has done to a host stays, and a forgotten drain is told in hours', async () => {
  const now = Date.now();
  const health = createHealthStore('health', env());
  await health.write({
    type: 'override',
    host: 'bedrock',
    action: 'drain',
    at: now - 5 * 3_600_000,
    until: now + MINUTE,
    by: 'test',
  });
  await hosts.host('bedrock').setFault({ kind: 'refused' });
  await canary().round(QUIET);
  expect(await entries()).toMatchObject([{ type: 'override', host: 'bedrock' }]);
  const [drained] = emf(CANARY_METRICS.drainedHours);
  expect(drained!['DrainedHours']).toBeCloseTo(5, 2);
});

it('results and spend are in the table, and another environment goes on with the spend', async () => {
  const results = await canary().round(QUIET);
  const day = new Date(QUIET).toISOString().slice(0, 10);
  const spent = await stored().spentUsd(day);
  expect(spent).toBeGreaterThan(0);
  expect(await stored().results()).toEqual(
    expect.arrayContaining(
      results.map(({ host, model, shape, at, elapsedMs }) => ({
        ...{ type: 'result', host, model, shape, outcome: 'ok', at, elapsedMs },
      })),
    ),
  );
  close();
  await canary().round(QUIET + MINUTE);
  expect(await stored().spentUsd(day)).toBeGreaterThan(spent);
});

it('a spent budget leaves the free checks, says so, and ends with the day', async () => {
  const day = new Date(QUIET).toISOString().slice(0, 10);
  await stored().saveSpent(day, 0.2);
  const checks = canary();
  const results = await checks.round(QUIET);
  expect(new Set(results.map(({ shape }) => shape))).toEqual(new Set(['count-tokens']));
  expect(results.map(({ host }) => host)).toEqual(CHAIN);
  expect(logged('canary budget spent')).toEqual([expect.objectContaining({ spentUsd: 0.2, budgetUsd: 0.129 })]);
  expect(await stored().spentUsd(day)).toBe(0.2);
  const tomorrow = await checks.round(QUIET + DAY);
  expect(tomorrow.some(({ shape }) => shape !== 'count-tokens')).toBe(true);
});

it('without its table, the checks go on, and what they cost is not forgotten', async () => {
  const checks = canary();
  const cost = (results: readonly CheckResult[]) =>
    results.reduce((sum, { model, usage }) => sum + (costUsd(model, usage ?? {}) ?? 0), 0);
  await table.setFault('refused');
  const first = await checks.round(QUIET);
  expect(outcomes(first)).toEqual({ anthropic: 'ok', bedrock: 'ok', vertex: 'ok' });
  expect(logged('canary trouble').map(({ what }) => what)).toEqual(
    expect.arrayContaining(['reading the spend', 'reading the health table', 'writing the health table']),
  );
  expect(emf(CANARY_METRICS.runs)).toHaveLength(1);
  await table.setFault();
  const second = await checks.round(QUIET);
  const day = new Date(QUIET).toISOString().slice(0, 10);
  expect(await stored().spentUsd(day)).toBeCloseTo(cost(first) + cost(second), 9);
});

it('a host for which nothing is due has its tokens counted', async () => {
  const results = await canary({ dailyBudgetUsd: 0.001 }).round(QUIET + MINUTE);
  expect(results.map(({ host, shape }) => [host, shape])).toEqual(CHAIN.map((host) => [host, 'count-tokens']));
});

it('no prompt, no answer and no key is in anything it writes', async () => {
  await hosts.host('anthropic').setFault({ kind: 'expired-credential' });
  const checks = canary();
  for (let minute = 0; minute < 6; minute += 1) await checks.round(QUIET + minute * MINUTE);
  const text = written().join('\n') + JSON.stringify(await stored().results());
  for (const secret of [
    ...Object.values(ENV).filter((value) => value !== ENV.AWS_REGION),
    'ping',
    'same model',
    'Oslo',
  ]) {
    expect(text).not.toContain(secret);
  }
});
