import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { POLICIES, type PolicyName } from './policies';
import type { IncidentRow, RowResult } from './run-row';

const ROOT = join(__dirname, '../..');

/** What a version of the router comes to, by incident and policy. */
export interface IncidentResults {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly minutes: number;
  readonly rows: Readonly<Record<string, Readonly<Partial<Record<PolicyName, RowResult>>>>>;
}

/** Each row under each policy in a process of its own, as many at a time as there are processors. */
export async function runRows(
  rows: readonly IncidentRow[],
  minutes: number,
  progress: (what: string) => void,
): Promise<IncidentResults['rows']> {
  const jobs = rows.flatMap(({ id }) => (Object.keys(POLICIES) as PolicyName[]).map((policy) => ({ id, policy })));
  const found: Record<string, Partial<Record<PolicyName, RowResult>>> = {};
  for (const { id } of rows) found[id] = {};
  let done = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const { id, policy } = job;
      found[id]![policy] = await runApart(id, policy, minutes);
      progress(`${(done += 1)} of ${rows.length * Object.keys(POLICIES).length}: ${id}, ${policy}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return found;
}

async function runApart(id: string, policy: PolicyName, minutes: number): Promise<RowResult> {
  const args = ['bench/incidents/row-process.ts', id, policy, String(minutes)];
  const child = fork(join(ROOT, 'scripts/run-typescript.cjs'), args, { cwd: ROOT });
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  try {
    const [result] = (await once(child, 'message', { signal: ended.signal })) as [RowResult];
    return result;
  } catch (cause) {
    throw new Error(`${id}, ${policy}: its process ended with ${child.exitCode}`, { cause });
  }
}
