import { textStore } from '../../../lambda/aws/batches/text-store';
import { createBatchTable } from '../../../lambda/gateway/batches/state/batch-table';
import { timeOfId } from '../../../lambda/gateway/batches/state/batch-record';
import { BATCH_LIFE_MS } from '../../../lib/contract/batches/batch-names';
import type { Deployed } from '../deployed';
import { ok, warning, type Diagnosis } from '../diagnosis';

/** What expires is told by its worker an hour later at the latest. */
const LATE_MS = 3_600_000;
/** No batch is called so: nothing of any is read. */
const NOTHING = 'batches/none/';

/** That table and bucket of Message Batches can be read, and that what is under way is not stuck. */
export async function batches({ stack }: Deployed, now: number): Promise<Diagnosis[]> {
  if (stack.batches === undefined) return [];
  const { table, bucket } = stack.batches;
  const env = { ...process.env, AWS_REGION: stack.region };
  const open = await createBatchTable(table, env).open();
  await textStore(bucket, env).list(NOTHING);
  const stuck = open.filter(({ id }) => now > timeOfId(id) + BATCH_LIFE_MS + LATE_MS);
  const found = ok('batches', `table and bucket can be read, ${open.length} under way`);
  const remedy = "Look at the worker's lines and at its schedule: the runbook has 'Batches not worked off'";
  return [
    found,
    ...stuck.map(({ id }) => warning(`batch ${id}`, 'should have expired by now: nobody works it off', remedy)),
  ];
}
