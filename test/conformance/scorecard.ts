import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PEERS } from '../../bench/peers';
import { NOT_ON_THE_WIRE } from './cases/not-on-the-wire';
import { noGateway, passThrough, peerSubject } from './subjects/peer-subject';
import { createQuickClock } from './quick-clock';
import { routerSubject } from './subjects/router-subject';
import { remoteResults } from './remote';
import { runRows, type Row } from './run-rows';
import type { Subject } from './subjects/subject';
import type { CaseResult, CaseVerdict } from './judging/verdict';
import { WALL } from './cases/wall';
import type { WallCase } from './cases/wall-case';

const USAGE = `npm run scorecard -- [--only <text>] [--subject <text>] [--json <file> [--details]]
npm run scorecard -- --base-url <url> [--model <name>] [--header <name: value>]... [--ports <first>,<second>]`;

/** Two at a time would share the machine's processors with what they measure: this only waits for timers. */
const CONCURRENCY = 12;
const VERDICTS: readonly CaseVerdict[] = ['pass', 'partial', 'safe', 'fail', 'n/a'];

async function main(): Promise<void> {
  const value = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      only: value,
      subject: value,
      json: value,
      details: { type: 'boolean' },
      'base-url': value,
      model: value,
      ports: value,
      header: { type: 'string', multiple: true },
    },
  });
  const cases = Object.values(WALL)
    .flat()
    .filter(({ id }) => values.only === undefined || id.includes(values.only));
  const url = values['base-url'];
  const keep = (rows: readonly Row[]) => {
    if (values.json === undefined) return;
    const groups = Object.entries(WALL).map(([name, { length }]) => ({ name, cases: length }));
    const kept = rows.map((row) => ({ ...row, results: values.details ? row.results : row.results.map(brief) }));
    const report = { node: process.version, groups, notOnTheWire: NOT_ON_THE_WIRE, rows: kept };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  };
  const rows =
    url === undefined
      ? await runAll(cases, values.subject, keep)
      : [{ name: url, setUp: 'as it is', results: await remoteResults({ ...values, url }, cases, print) }];
  keep(rows);
  for (const row of rows) console.log(summaryOf(row));
}

function runAll(
  cases: readonly WallCase[],
  wanted: string | undefined,
  onRow: (rows: readonly Row[]) => void,
): Promise<readonly Row[]> {
  const clock = createQuickClock(1);
  const subjects: readonly Subject[] = [
    routerSubject('first-content', clock),
    routerSubject('complete', clock),
    ...PEERS.map(peerSubject),
    passThrough,
    noGateway,
  ].filter(({ name }) => wanted === undefined || name.includes(wanted));
  return runRows(subjects, cases, { clock, concurrency: CONCURRENCY, onResult: print, say: console.log, onRow });
}

function print({ id, verdict, reason }: CaseResult): void {
  console.log(`  ${verdict.padEnd(8)}${id.padEnd(40)}${reason}`);
}

function brief({ id, source, fault, verdict, reason }: CaseResult): CaseResult {
  return { id, source, fault, verdict, reason };
}

function summaryOf({ name, missing, results }: Row): string {
  if (missing !== undefined) return `${name.padEnd(36)}not measured: ${missing}`;
  const counts = VERDICTS.map(
    (verdict) => [verdict, results.filter((each) => each.verdict === verdict).length] as const,
  );
  return `${name.padEnd(36)}${counts.map(([verdict, count]) => `${count} ${verdict}`.padEnd(12)).join('')}`;
}

main().catch((error: unknown) => {
  console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${USAGE}`);
  process.exitCode = 1;
});
