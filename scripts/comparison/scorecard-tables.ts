import { markdownTable } from '../../local/report/markdown-table';
import { SCORECARD, type ScorecardRow } from './results';

type Result = ScorecardRow['results'][number];

const VERDICTS = ['pass', 'partial', 'safe', 'fail'];
const WIRES = ['anthropic', 'bedrock', 'vertex'];

const { rows, groups } = SCORECARD;
export const MEASURED = rows.filter(({ missing }) => missing === undefined);
export const ABSENT = rows.filter(({ missing }) => missing !== undefined);
export const isPublic = ({ id }: Result): boolean => /^S\d\d /.test(id);
/** Every row has the same cases. */
const CASES = MEASURED[0]!.results;

export function summaryTable(): string {
  const [, ...own] = groups;
  const head = [
    'pass / partial / safe / fail',
    ...WIRES.map((wire) => `16 faults, ${wire}`),
    ...own.map(({ name, cases }) => `${name} (${cases})`),
  ];
  return markdownTable(head, [
    ...MEASURED.map((row) => [
      row.name,
      ...WIRES.map((wire) => publicCounts(row, wire)),
      ...inGroups(row).slice(1).map(counts),
    ]),
    ...ABSENT.map(({ name, missing = '' }) => [
      name,
      `not measured: ${missing}`,
      ...Array<string>(WIRES.length + own.length - 1).fill(''),
    ]),
  ]);
}

/** How many of the sixteen faults pass, are partial, safe and failed. */
export function publicCounts({ results }: ScorecardRow, wire: string): string {
  return counts(results.filter((result) => isPublic(result) && result.id.endsWith(wire)));
}

export function verdictTable(title: string, wanted: (result: Result) => boolean): string {
  return markdownTable(
    [title, ...MEASURED.map(({ name }) => name)],
    CASES.flatMap((result, at) =>
      wanted(result)
        ? [
            [
              `${result.id.replace(' anthropic', '')}: ${result.fault}`,
              ...MEASURED.map(({ results }) => results[at]!.verdict),
            ],
          ]
        : [],
    ),
  );
}

export function sourceTable(): string {
  const own = CASES.filter((result) => !isPublic(result));
  return markdownTable(
    ['case', 'where it comes from'],
    own.map(({ id, source }) => [id, source]),
  );
}

function counts(results: readonly Result[]): string {
  const judged = results.filter(({ verdict }) => verdict !== 'n/a');
  if (judged.length === 0) return 'n/a';
  return VERDICTS.map((verdict) => judged.filter((result) => result.verdict === verdict).length).join(' / ');
}

function inGroups({ results }: ScorecardRow): Result[][] {
  let from = 0;
  return groups.map(({ cases }) => results.slice(from, (from += cases)));
}
