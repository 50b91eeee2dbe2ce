import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface RuntimeFigure {
  readonly what: string;
  readonly unit: string;
  readonly value: number;
}

const MEASURE = ['--enable-source-maps', 'scripts/run-typescript.cjs', 'test/deployed/measure-runtime.ts'];

/** The bundle under AWS's own runtime client, in a process of its own; or why that cannot be had here. */
export async function measureRuntimeClient(): Promise<readonly RuntimeFigure[] | string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, MEASURE);
    return JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('['))!) as RuntimeFigure[];
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string };
    return stderr.trim().split('\n')[0]!;
  }
}
