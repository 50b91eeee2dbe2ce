/** Runs the incidents and prints what came of them: `npm run bench:incidents`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { figuresTables, targetsTable } from './page/incidents-table';
import { metBy } from './page/words';
import { sidesOf } from './page/sides';
import { writePage } from './page/write-page';
import { POLICIES, type PolicyName } from './policies';
import { ROWS } from './run-row';
import { runRows, type IncidentResults } from './run-rows';

const USAGE =
  'npm run bench:incidents -- [--minutes <1 to 60>] [--only <incident>] [--check] [--json <file>] [--write]\n' +
  '--check: exit code 1 where a target is missed; --write: writes bench/incidents/results.json and docs/incidents.md';
const HOUR = 60;

async function run(): Promise<void> {
  const { minutes, only, check, json, write } = readOptions();
  const rows = ROWS.filter(({ id }) => only === undefined || id === only);
  const results: IncidentResults = {
    version,
    date: new Date().toISOString().slice(0, 10),
    minutes,
    rows: await runRows(rows, minutes, (what) => console.error(what)),
  };
  const sides = sidesOf(results);
  console.log(`${targetsTable(rows, sides)}\n\n${figuresTables(rows, sides)}`);
  const data = `${JSON.stringify(results, null, 2)}\n`;
  if (json !== undefined) writeFileSync(json, data);
  if (write) {
    writeFileSync('bench/incidents/results.json', data);
    await writePage(results);
  }
  const missed = rows.filter(({ id, targets }) =>
    OURS.some((policy) => !metBy(targets, results.rows[id]?.[policy]?.figures)),
  );
  console.log(missed.length === 0 ? '\nEvery target is met.' : `\nMissed: ${missed.map(({ id }) => id).join(', ')}.`);
  if (check && missed.length > 0) process.exitCode = 1;
}

const OURS = (Object.keys(POLICIES) as PolicyName[]).filter((policy) => policy !== 'naive');

function readOptions() {
  const [flag, value] = [{ type: 'boolean' }, { type: 'string' }] as const;
  const options = { minutes: value, only: value, check: flag, json: value, write: flag };
  const { values } = parseArgs({ options });
  const { only, check = false, json, write = false } = values;
  const minutes = Number(values.minutes ?? HOUR);
  if (!(minutes >= 1 && minutes <= HOUR)) {
    throw new Error(`--minutes: got "${values.minutes}"; must be a number from 1 to ${HOUR}\nUsage: ${USAGE}`);
  }
  if (only !== undefined && !ROWS.some(({ id }) => id === only)) {
    throw new Error(`--only: got "${only}"; must be one of ${ROWS.map(({ id }) => id).join(', ')}\nUsage: ${USAGE}`);
  }
  // The page has every row, of a whole hour.
  if (write && (only !== undefined || minutes !== HOUR))
    throw new Error(`--write is for the whole hour\nUsage: ${USAGE}`);
  return { minutes, only, check, json, write };
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
