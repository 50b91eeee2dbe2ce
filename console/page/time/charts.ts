import type { Series } from '../../source';
import { milliseconds, usd } from '../format';
import { inkOf } from '../host-inks';

export interface Curve {
  readonly label: string;
  /** A colour of the style sheet: `var(--bad)`. */
  readonly ink: string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly title: string;
  readonly hint: string;
  /** Beginnings of the steps, in seconds. */
  readonly at: readonly number[];
  readonly curves: readonly Curve[];
  readonly form: 'stacked' | 'line';
  readonly isWide: boolean;
  /** It is there even where there is nothing to show: then that is good to know. */
  readonly isKept?: boolean;
  readonly words: (value: number) => string;
  /** Without the unit, where the hint has it. */
  readonly onAxis: (value: number) => string;
}

const MOST_REASONS = 6;
const plain = (value: number): string => String(Number(value.toFixed(value < 1 ? 4 : 1)));

/** What is drawn of a while, in the order in which one would ask. */
export function chartsOf({ buckets, extras }: Series, hosts: readonly string[]): ChartData[] {
  const at = buckets.map((bucket) => bucket.at / 1000);
  const stacked = { at, form: 'stacked', isWide: false, words: plain, onAxis: plain } as const;
  const line = { at, form: 'line', isWide: false } as const;
  const answering = [...hosts, ...buckets.flatMap(({ answers }) => Object.keys(answers))];
  const charts: ChartData[] = [
    {
      ...stacked,
      isWide: true,
      isKept: true,
      title: 'Who answered',
      hint: 'answers by host, and what failed for clients',
      curves: [
        ...[...new Set(answering)].map((host) => ({
          label: host,
          ink: inkOf(hosts, host),
          values: buckets.map(({ answers }) => answers[host] ?? 0),
        })),
        { label: 'failed', ink: 'var(--bad)', values: buckets.map(({ failed }) => failed) },
      ],
    },
    {
      ...stacked,
      isKept: true,
      title: 'Failures of hosts',
      hint: 'failed calls and skipped hosts, by reason',
      curves: mostOf(buckets).map((reason, index) => ({
        label: reason,
        ink: `var(--reason-${index})`,
        values: buckets.map(({ reasons }) => reasons[reason] ?? 0),
      })),
    },
    {
      ...line,
      title: 'First content',
      hint: 'of streams',
      words: milliseconds,
      onAxis: milliseconds,
      curves: [
        { label: 'p50', ink: 'var(--host-1)', values: buckets.map(({ firstContent }) => firstContent?.p50 ?? null) },
        { label: 'p95', ink: 'var(--host-0)', values: buckets.map(({ firstContent }) => firstContent?.p95 ?? null) },
      ],
    },
    {
      ...stacked,
      title: 'Cost',
      hint: 'USD a step, tokens at list price',
      words: usd,
      curves: [{ label: 'USD', ink: 'var(--host-2)', values: buckets.map(({ costUsd }) => costUsd) }],
    },
    ...Object.entries(extras).map(([title, values]) => ({
      ...line,
      title: title[0]!.toUpperCase() + title.slice(1),
      hint: '',
      words: plain,
      onAxis: plain,
      curves: [{ label: title, ink: 'var(--host-3)', values }],
    })),
  ];
  return charts.filter((chart) => !isEmpty(chart) || chart.isKept === true);
}

export const isEmpty = ({ curves }: ChartData): boolean =>
  curves.every(({ values }) => values.every((value) => value === null || value === 0));

function mostOf(buckets: Series['buckets']): string[] {
  const sums: Record<string, number> = {};
  for (const { reasons } of buckets) {
    for (const [reason, times] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + times;
  }
  return Object.entries(sums)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([reason]) => reason);
}
