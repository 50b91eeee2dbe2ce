import type { AlarmState, TreatMissingData } from './alarm';
import { decide, type Datapoint } from './missing-data';

/** `0` within the threshold, `X` breaching, `-` missing, the most recent on the right: as the documentation writes them. */
const POINTS: Readonly<Record<string, Datapoint>> = { '0': 'within', X: 'breaching', '-': 'missing' };
const range = (text: string): Datapoint[] => text.split(' ').map((point) => POINTS[point]!);

type Cell = AlarmState | 'retain';
const TREATMENTS: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
type Row = readonly [points: string, datapointsToAlarm: number, ...cells: [Cell, Cell, Cell, Cell]];

/** "Configuring how CloudWatch alarms treat missing data", both tables; evaluation periods 3, evaluation range 5. */
const PUBLISHED: readonly Row[] = [
  ['0 - X - X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 3, 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 3, 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
  ['0 X X - X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 3, 'ALARM', 'retain', 'ALARM', 'OK'],
  ['0 - X - X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', 'retain', 'ALARM', 'OK'],
  // The last row of the first table as it stood in the guide's earlier edition.
  ['X - - - -', 3, 'ALARM', 'retain', 'ALARM', 'OK'],
];

const inMode = (treatMissingData: TreatMissingData, datapointsToAlarm: number) => ({
  evaluationPeriods: 3,
  datapointsToAlarm,
  treatMissingData,
});

test.each(
  PUBLISHED.flatMap(([points, m, ...cells]) =>
    TREATMENTS.map((mode, column) => [points, m, mode, cells[column]!] as const),
  ),
)('the published row "%s" with %i out of 3 and missing data %s is %s', (points, m, mode, expected) => {
  for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
    expect(decide(range(points), inMode(mode, m), current)).toBe(expected === 'retain' ? current : expected);
  }
});

/** "Avoiding premature transitions to alarm state", in words there. */
test.each(['- - - - X', '- - - X -'])('"%s" does not alarm before the third period is over', (points) => {
  expect(decide(range(points), inMode('missing', 3), 'OK')).toBe('OK');
});

test.each(['- - - X 0', '- - X - 0'])('"%s" takes back what would have been a premature alarm', (points) => {
  expect(decide(range(points), inMode('missing', 3), 'OK')).toBe('OK');
});

test('a metric that falls silent breaches only when its last points have left the evaluation range', () => {
  const states = ['0 0 0 0 -', '0 0 0 - -', '0 0 - - -', '0 - - - -', '- - - - -'].map((points) =>
    decide(range(points), inMode('breaching', 3), 'OK'),
  );
  expect(states).toEqual(['OK', 'OK', 'OK', 'OK', 'ALARM']);
});
