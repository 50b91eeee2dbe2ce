import { startHealthTable, type SimulatedTable } from '../../local/health-table/health-table';
import { runLoad } from '../deployed/load/run-load';
import { GATEWAY_KEY, MODEL, useGateway } from './harness';
import { spentBy } from './spent';
import { useWrittenLines } from './written-lines';

let table: SimulatedTable;
beforeEach(async () => {
  table = await startHealthTable('health');
});
afterEach(() => table.close());
const start = useGateway();
const { written } = useWrittenLines();

const DURATION_MS = 6000;
/** Every fourth request of the sample: what a busy machine can play beside the other tests. */
const STEP = 4;

it('an hour of real requests, played in seconds, loses none in an outage and is counted once by everybody', async () => {
  const chain = ['anthropic', 'bedrock', 'vertex'] as const;
  const gateway = await start({
    chain,
    table,
    config: { telemetry: { logs: true, metrics: true }, spend: { monthly: 1000, perTeam: { daily: 100 } } },
    hosts: { anthropic: { breaker: { openMs: 50, rampStageMs: 50 } } },
  });
  const hosts = chain.map((name) => ({ simulated: gateway.host(name), surcharge: 1 }));
  const report = await runLoad(
    {
      url: gateway.url,
      key: GATEWAY_KEY,
      model: MODEL,
      hosts,
      log: written,
      spent: () => spentBy(table, 'gateway', 'monthly'),
    },
    { durationMs: DURATION_MS, step: STEP },
  );
  expect(report.problems).toEqual([]);
  expect(report.played).toHaveLength(150);
  const { from, until } = report.outage;
  const during = report.played.filter(({ start: sent, end }) => sent > from && end < until);
  expect(during.map(({ host }) => host)).not.toContain('anthropic');
  expect(new Set(report.played.map(({ host }) => host))).toEqual(new Set(['anthropic', 'bedrock']));
}, 60_000);
