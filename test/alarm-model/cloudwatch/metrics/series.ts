import { NotModelled } from '../alarm';
import type { Operator } from './expression';

/** One value a period, oldest first; `undefined` where there is no data. */
export type Series = readonly (number | undefined)[];
/** CloudWatch's S, TS and TS[]. */
export type Value = number | Series | SeriesList;

export class SeriesList {
  constructor(readonly all: readonly Series[]) {}

  map(change: (series: Series) => Series): SeriesList {
    return new SeriesList(this.all.map(change));
  }
}

export const isSeries = (value: Value): value is Series => Array.isArray(value);

const truth = (holds: boolean): number => (holds ? 1 : 0);

const OPERATIONS: Readonly<Record<Operator, (left: number, right: number) => number | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  // "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped."
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<=': (left, right) => truth(left <= right),
  '>=': (left, right) => truth(left >= right),
  '<': (left, right) => truth(left < right),
  '>': (left, right) => truth(left > right),
  AND: (left, right) => truth(left !== 0 && right !== 0),
  OR: (left, right) => truth(left !== 0 || right !== 0),
};

export function operate(operator: Operator, left: Value, right: Value): Value {
  if (left instanceof SeriesList && right instanceof SeriesList) {
    throw new NotModelled(`${operator} between two lists of time series`);
  }
  if (left instanceof SeriesList) return left.map((series) => operate(operator, series, right) as Series);
  if (right instanceof SeriesList) return right.map((series) => operate(operator, left, series) as Series);
  const apply = OPERATIONS[operator];
  if (typeof left === 'number' && typeof right === 'number') {
    const value = apply(left, right);
    if (value === undefined) throw new NotModelled('a number divided by 0');
    return value;
  }
  const length = typeof left === 'number' ? (right as Series).length : left.length;
  return Array.from({ length }, (_, at) => {
    const a = typeof left === 'number' ? left : left[at];
    const b = typeof right === 'number' ? right : right[at];
    const timestampExists =
      (typeof left !== 'number' && a !== undefined) || (typeof right !== 'number' && b !== undefined);
    // "Missing values in a time series are treated as 0", where the other one has a value.
    return timestampExists ? apply(a ?? 0, b ?? 0) : undefined;
  });
}
