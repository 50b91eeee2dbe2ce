import { styleText } from 'node:util';
import type { Diagnosis } from './diagnosis';
import type { CheckedDiagnosis } from './run-doctor';

const MARKS: Readonly<Record<Diagnosis['status'], readonly [mark: string, color: 'green' | 'yellow' | 'red']>> = {
  ok: ['ok', 'green'],
  warning: ['look', 'yellow'],
  problem: ['FAIL', 'red'],
};

/** The findings, a line each, and below those that are not well what to do about them. */
export function diagnosisTable(findings: readonly CheckedDiagnosis[], isColored: boolean): string {
  const paint = (color: 'green' | 'yellow' | 'red' | 'dim', text: string): string =>
    isColored ? styleText(color, text) : text;
  const checkWidth = width(findings.map(({ check }) => check));
  const subjectWidth = width(findings.map(({ subject }) => subject));
  return findings
    .map(({ check, subject, status, detail, remedy }) => {
      const [mark, color] = MARKS[status];
      const line = `  ${paint(color, mark.padEnd(4))}  ${check.padEnd(checkWidth)}  ${subject.padEnd(subjectWidth)}  ${detail}`;
      return remedy === undefined ? line : `${line}\n${' '.repeat(checkWidth + 10)}${paint('dim', '->')} ${remedy}`;
    })
    .join('\n');
}

const width = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length));
