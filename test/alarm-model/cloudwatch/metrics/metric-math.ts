import { NotModelled } from '../alarm';
import type { Expression } from './expression';
import { isSeries, operate, SeriesList, type Series, type Value } from './series';

/** What an expression may name. */
export interface Scope {
  /** Value of a metric or expression of the same alarm. */
  value(id: string): Value;
  /** Ids of the metrics, not of the expressions, in their order. */
  readonly metricIds: readonly string[];
}

type Args = readonly Expression[];

const FUNCTIONS: Readonly<Record<string, (args: Args, scope: Scope) => Value>> = {
  IF: (args, scope) => {
    const [condition, whenTrue, whenFalse] = evaluated('IF', args, scope, 2, 3);
    return choose(condition!, whenTrue!, whenFalse);
  },
  FILL: (args, scope) => {
    const [value, filler] = evaluated('FILL', args, scope, 2, 2);
    if (filler instanceof SeriesList) throw new NotModelled('FILL with a list of time series');
    const fill = (series: Series): Series => series.map((point, at) => point ?? pointOf(filler!, at));
    if (value instanceof SeriesList) return value.map(fill);
    if (!isSeries(value!)) throw new NotModelled('FILL of a number');
    return fill(value);
  },
  METRICS: (args, scope) => {
    const [part] = args;
    if (args.length > 1 || (part !== undefined && part.kind !== 'text'))
      throw new NotModelled('METRICS of anything but one text');
    const ids = scope.metricIds.filter((id) => part === undefined || id.includes(part.text));
    return new SeriesList(ids.map((id) => scope.value(id) as Series));
  },
  SUM: acrossSeries('SUM', (present) => present.reduce((sum, point) => sum + point, 0)),
  // "Missing values are treated as 0."
  AVG: acrossSeries('AVG', (present, of) => present.reduce((sum, point) => sum + point, 0) / of),
  MAX: acrossSeries('MAX', (present) => Math.max(...present)),
  MIN: acrossSeries('MIN', (present) => Math.min(...present)),
};

export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'id':
      return scope.value(expression.id);
    case 'text':
      throw new NotModelled(`the text "${expression.text}" outside METRICS`);
    case 'list':
      return new SeriesList(expression.items.flatMap((item) => everySeries(evaluate(item, scope))));
    case 'operation':
      return operate(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case 'call': {
      const call = FUNCTIONS[expression.name];
      if (call) return call(expression.args, scope);
      throw new NotModelled(`function ${expression.name}; modelled are ${Object.keys(FUNCTIONS).join(', ')}`);
    }
  }
}

function evaluated(name: string, args: Args, scope: Scope, least: number, most: number): Value[] {
  if (args.length >= least && args.length <= most) return args.map((arg) => evaluate(arg, scope));
  throw new NotModelled(`${name} of ${args.length} arguments`);
}

function everySeries(value: Value): readonly Series[] {
  if (value instanceof SeriesList) return value.all;
  if (isSeries(value)) return [value];
  throw new NotModelled(`the number ${value} in a list of time series`);
}

/** Of several series, period by period. Of one series it would be one number for all that CloudWatch happens to fetch. */
function acrossSeries(name: string, of: (present: readonly number[], all: number) => number) {
  return (args: Args, scope: Scope): Value => {
    const [value] = evaluated(name, args, scope, 1, 1);
    if (!(value instanceof SeriesList)) {
      throw new NotModelled(
        `${name} of one time series: CloudWatch advises against it in alarms, its value depends on the range`,
      );
    }
    return Array.from({ length: value.all[0]?.length ?? 0 }, (_, at) => {
      const present = value.all.flatMap((series) => series[at] ?? []);
      return present.length === 0 ? undefined : of(present, value.all.length);
    });
  };
}

const pointOf = (value: number | Series, at: number): number | undefined =>
  typeof value === 'number' ? value : value[at];

/** "Using IF expressions": a true point without a value is 0, a false one without a value is dropped. */
function choose(condition: Value, whenTrue: Value, whenFalse: Value | undefined): Value {
  if (condition instanceof SeriesList || whenTrue instanceof SeriesList || whenFalse instanceof SeriesList) {
    throw new NotModelled('IF with a list of time series');
  }
  if (typeof condition === 'number') {
    if (whenFalse === undefined) throw new NotModelled('IF of a number without a value for false');
    return condition !== 0 ? whenTrue : whenFalse;
  }
  return condition.map((point, at) => {
    if (point === undefined) return undefined;
    if (point !== 0) return pointOf(whenTrue, at) ?? 0;
    return whenFalse === undefined ? undefined : pointOf(whenFalse, at);
  });
}
