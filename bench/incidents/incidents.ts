/** Runs the incidents and prints what came of them: `npm run bench:incidents`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { figuresTables, targetsTable } from './page/incidents-table';
import { metBy } from './page/words';
import { AS_BEFORE, sidesOf } from './page/sides';
import { writeOrdersPage, writePage } from './page/write-page';
import { ordersTables } from './orders/orders-page';
import { runOrders } from './orders/run-orders';
import { POLICIES, type PolicyName } from './policies';
import { ROWS } from './run-row';
import { runRows, type IncidentResults } from './run-rows';

const USAGE =
  'npm run bench:incidents -- [--minutes <1 to 60>] [--only <incident>] [--check] [--json <file>] [--write] [--orders]\n' +
  '--check: exit code 1 where a target is missed; --write: writes bench/incidents/results.json and docs/incidents.md;\n' +
  '--orders: the orders of hosts instead; with --write, bench/incidents/orders/results.json and docs/order.md';
const HOUR = 60;

async function run(): Promise<void> {
  const { minutes, only, check, json, write, orders } = readOptions();
  if (orders) return measureOrders(minutes, write);
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

async function measureOrders(minutes: number, write: boolean): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const results = await runOrders(minutes, (what) => console.error(what));
  console.log(ordersTables(results));
  if (!write) return;
  const measured = { version, date, minutes, results };
  writeFileSync('bench/incidents/orders/results.json', `${JSON.stringify(measured, null, 2)}\n`);
  await writeOrdersPage(measured);
}

const OURS = (Object.keys(POLICIES) as PolicyName[]).filter((policy) => policy !== 'naive');

function readOptions() {
  const [flag, value] = [{ type: 'boolean' }, { type: 'string' }] as const;
  const options = { minutes: value, only: value, check: flag, json: value, write: flag, orders: flag };
  const { values } = parseArgs({ options });
  const { only, check = false, json, write = false, orders = false } = values;
  const minutes = Number(values.minutes ?? HOUR);
  if (!(minutes >= 1 && minutes <= HOUR)) {
    throw new Error(`--minutes: got "${values.minutes}"; must be a number from 1 to ${HOUR}\nUsage: ${USAGE}`);
  }
  if (only !== undefined && !ROWS.some(({ id }) => id === only)) {
    throw new Error(`--only: got "${only}"; must be one of ${ROWS.map(({ id }) => id).join(', ')}\nUsage: ${USAGE}`);
  }
  // The page has every row, and tells two versions apart at one length.
  if (write && (only !== undefined || minutes !== AS_BEFORE.minutes)) {
    throw new Error(`--write is for all incidents of ${AS_BEFORE.minutes} minutes, as before\nUsage: ${USAGE}`);
  }
  return { minutes, only, check, json, write, orders };
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
