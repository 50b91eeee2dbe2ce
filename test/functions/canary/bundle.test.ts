import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CANARY_ENV, ENV as ROUTER_ENV } from '../../../lib/contract';
import { ENV } from '../../e2e/host-setups';
import { configOf, startHosts } from './hosts';

const HANDLER = join(__dirname, '../../../lambda/functions/canary/dist/index.mjs');
const DUE = '2026-11-25T09:03:00Z';

/** Needs `npm run build`. */
it('the function as it ships makes the round that its schedule was due for', async () => {
  const hosts = await startHosts(['anthropic', 'bedrock', 'vertex']);
  try {
    await hosts.host('bedrock').setFault({ kind: 'not-found-model' });
    const script =
      `const { handler } = await import(${JSON.stringify(HANDLER)});` +
      `await handler({ scheduledTime: '${DUE}' }); process.exit(0);`;
    const env = {
      ...ENV,
      PATH: process.env['PATH'],
      [ROUTER_ENV.CONFIG]: JSON.stringify(configOf(hosts.host, ['anthropic', 'bedrock', 'vertex'])),
      [ROUTER_ENV.SERVICE]: 'Stack-Router',
      [CANARY_ENV.SETTINGS]: JSON.stringify({ intervalMinutes: 1, dailyBudgetUsd: 1, quotas: [] }),
    };
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
    const lines = `${run.stdout}\n${run.stderr}`
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const failures = lines.filter((line) => line['_aws'] !== undefined && line['HostCanaryFailures'] !== undefined);
    expect(new Set(failures.map((line) => `${String(line['Host'])} ${String(line['HostCanaryFailures'])}`))).toEqual(
      new Set(['anthropic 0', 'bedrock 1', 'vertex 0']),
    );
    expect(lines).toContainEqual(expect.objectContaining({ service: 'Stack-Router', CanaryRuns: 1 }));
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'canary', host: 'bedrock', finding: 'stale-model' }),
    );
  } finally {
    await hosts.close();
  }
});
