import { isDeepStrictEqual } from 'node:util';
import { type BatchWorld, HOUR_MS, KEYS, startWorld } from '../../e2e/batches/world';
import { MODEL } from '../../e2e/batches/sdk';
import type { Tools } from '../install';
import { startProgram, type ProgramProcess } from '../program-process';
import { PYTHON } from '../programs';
import type { Report } from '../run-program';
import { BATCH_CASES, type BatchCase } from './batch-cases';

type Told = Readonly<Record<string, unknown>>;
type Program = ProgramProcess<object, Told>;

const COUNT = 10;
const ANSWERED = Array.from({ length: COUNT }, (_, at) => `r${at} succeeded`);
/** Long enough for a host that is gone to be given up in a few steps. */
const STEP_MS = HOUR_MS / 4;

/** Anthropic's SDK for Python makes batches, waits for them and reads their results, while hosts fail at each step. */
export async function runBatches({ python }: Tools): Promise<Report> {
  const program: Program = await startProgram([python, PYTHON, 'anthropic_batches']);
  const failures: string[] = [];
  try {
    for (const each of BATCH_CASES) {
      const world = await startWorld({
        chain: ['anthropic', 'foundry'],
        batches: { fullPriceUsdPerDay: 100 },
        ...each.setup,
      });
      const wrong = await runCase(program, world, each).finally(() => world.close());
      failures.push(...wrong.map((words) => `${program.library}, ${each.name}: ${words}`));
    }
  } finally {
    await program.close();
  }
  return { library: program.library, asked: BATCH_CASES.length, failures };
}

async function runCase(program: Program, world: BatchWorld, { before, meanwhile }: BatchCase): Promise<string[]> {
  const wrong: string[] = [];
  const ask = (step: string, more: object = {}) =>
    program.ask({ url: world.url, key: KEYS.red, model: MODEL, step, ...more });
  const same = (what: string, is: Told, should: Told): void => {
    if (!isDeepStrictEqual(is, should)) wrong.push(`${what} is ${JSON.stringify(is).slice(0, 300)}`);
  };
  await before?.(world);
  const { id, ...others } = await ask('create', { count: COUNT });
  if (typeof id !== 'string') return [`it was not made: ${JSON.stringify(others)}`];
  await world.tick();
  const none = { processing: COUNT, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  same('what is under way', await ask('retrieve', { id }), { status: 'in_progress', counts: none });
  await meanwhile?.(world);
  await world.untilEnded(STEP_MS);
  const counts = { ...none, processing: 0, succeeded: COUNT };
  same('the end', await ask('retrieve', { id }), { status: 'ended', counts });
  same('what has come', await ask('results', { id }), { results: ANSWERED });

  const { id: second } = await ask('create', { count: 1 });
  same('the list', await ask('ids'), { ids: [second, id] });
  same('what is cancelled', await ask('cancel', { id: second }), { status: 'canceling' });
  await world.untilEnded(STEP_MS);
  same('its result', await ask('results', { id: second }), { results: ['r0 canceled'] });
  same('what is deleted', await ask('delete', { id: second }), { type: 'message_batch_deleted' });
  same('what is left', await ask('ids'), { ids: [id] });
  return wrong;
}
