/** Runs one row under one policy for `run-rows.ts`, and tells its parent what came of it. */
import type { PolicyName } from './policies';
import { runRow } from './run-row';

async function run(): Promise<void> {
  const [id = '', policy = '', minutes = ''] = process.argv.slice(2);
  const result = await runRow(id, policy as PolicyName, Number(minutes));
  process.send?.(result, () => process.disconnect());
}

void run();
