import { quantile } from '../../../../local/report/quantile';
import { NotModelled } from '../alarm';

/** Of the raw values of one period; a period without values has no statistic, not even 0. */
export type Statistic = (values: readonly number[]) => number | undefined;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const NAMED: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  Maximum: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  SampleCount: (values) => values.length,
};

export function readStatistic(name: string): Statistic {
  const of = NAMED[name] ?? percentile(name);
  return (values) => (values.length === 0 ? undefined : of(values));
}

/** The nearest rank. CloudWatch does not publish how it interpolates; with a few hundred values the two are close. */
function percentile(name: string): (values: readonly number[]) => number {
  const percent = Number(/^p(\d{1,2}(\.\d+)?|100)$/.exec(name)?.[1]);
  if (Number.isNaN(percent)) {
    throw new NotModelled(`statistic "${name}"; modelled are ${Object.keys(NAMED).join(', ')} and p0 to p100`);
  }
  return (values) => quantile(values, percent / 100);
}
