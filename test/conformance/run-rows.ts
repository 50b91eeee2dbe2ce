import type { WallCase } from './cases/wall-case';
import type { CaseResult } from './judging/verdict';
import { runWall, type WallOptions } from './run-wall';
import type { Subject } from './subjects/subject';

export interface Row {
  readonly name: string;
  readonly setUp: string;
  /** Why there are no results. */
  readonly missing?: string;
  readonly results: readonly CaseResult[];
}

interface Options extends WallOptions {
  readonly say: (what: string) => void;
  /** After each: what is measured is not lost with what comes after it. */
  readonly onRow: (rows: readonly Row[]) => void;
}

/** One gateway after the other. One that cannot be had, or does not live to the end, is a row that says so. */
export async function runRows(
  subjects: readonly Subject[],
  cases: readonly WallCase[],
  { say, onRow, ...options }: Options,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const subject of subjects) {
    const { name, setUp } = subject;
    say(`\n${name}`);
    try {
      rows.push({ name, setUp, results: await runWall(subject, cases, options) });
    } catch (error) {
      const missing = error instanceof Error ? error.message : String(error);
      say(`  not measured: ${missing}`);
      rows.push({ name, setUp, missing, results: [] });
    }
    onRow(rows);
  }
  return rows;
}
