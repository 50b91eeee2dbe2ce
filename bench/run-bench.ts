import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureCached } from './cached';
import { isMet } from './figures/figure';
import { figuresOf } from './figures/figures';
import { describeMachine } from './machine';
import { measureMany } from './many';
import { measureMemory } from './memory';
import { tableOf } from './figures/report';
import { runRounds } from './rounds';
import { measureStartUp } from './start-up';
import { measureSpend } from './spend';
import { measureTranslated } from './translated';

const USAGE = 'npm run bench -- [--rounds <1 to 100>] [--quick] [--json <file>] [--check]';
const ROUNDS = 7;
const QUICK_ROUNDS = 3;
const START_UP_RUNS = 11;

/** Measures the router against a gateway that does nothing, in the same minutes on the same machine. */
export async function runBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const machine = describeMachine();
  console.log(Object.values(machine).join(', '));
  progress('start-up');
  const startUp = await measureStartUp(options.quick ? QUICK_ROUNDS : START_UP_RUNS);
  const rounds = await runRounds(options.rounds, (round) => progress(`round ${round} of ${options.rounds}`));
  progress('memory');
  const memory = await measureMemory();
  progress('many streams');
  const many = await measureMany();
  progress('translated');
  const translated = await measureTranslated(options.rounds);
  progress('spend limits');
  const spend = await measureSpend(options.rounds);
  progress('response cache');
  const cached = await measureCached(options.rounds);
  const figures = [...figuresOf(rounds), ...translated, ...spend, ...cached, ...memory, ...many, ...startUp];
  const targets = figures.filter(({ target }) => target !== undefined);
  console.log(`\nTargets; logs and metrics on where nothing else is said\n${tableOf(targets)}`);
  console.log(`\nWhat explains them\n${tableOf(figures.filter(({ target }) => target === undefined))}`);
  const missed = targets.filter((figure) => !isMet(figure));
  console.log(missed.length === 0 ? '\nEvery target is met.' : `\n${missed.length} target(s) missed.`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  if (options.check && missed.length > 0) process.exitCode = 1;
}

interface Options {
  readonly rounds: number;
  readonly quick: boolean;
  readonly json: string | undefined;
  readonly check: boolean;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const { quick = false, check = false, json } = values;
  const rounds = Number(values.rounds ?? (quick ? QUICK_ROUNDS : ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) {
    throw new Error(`--rounds: got "${values.rounds}"; must be a whole number from 1 to 100\nUsage: ${USAGE}`);
  }
  return { rounds, quick, json, check };
}

function parse(args: readonly string[]) {
  try {
    const flag = { type: 'boolean' } as const;
    const value = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { rounds: value, quick: flag, json: value, check: flag } });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`, { cause: error });
  }
}

function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${what.padEnd(30)}`);
}
