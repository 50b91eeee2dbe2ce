import { type Expression, type Line, Parser, type Value } from './expression';

export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** JSON, whose fields the query can name. */
  readonly message: string;
}
type Row = ReadonlyMap<string, Value>;
type Command = (rows: readonly Row[]) => readonly Row[];

/**
 * What a query of CloudWatch Logs Insights makes of log lines, after AWS's description of the language: `filter`, `fields`, `stats`,
 * `sort` and `limit`, as far as this project's queries use them. Fields without a value are missing.
 */
export function runQuery(query: string, events: readonly LogEvent[]): readonly Readonly<Record<string, string>>[] {
  const commands = query.split(/\s*[|\n]\s*/).map(commandOf);
  const rows = commands.reduce<readonly Row[]>((found, command) => command(found), events.map(fieldsOf));
  return rows.map((row) =>
    Object.fromEntries([...row].filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)])),
  );
}

function fieldsOf({ at, message }: LogEvent): Row {
  const fields = new Map<string, Value>([
    ['@timestamp', at],
    ['@message', message],
  ]);
  const add = (prefix: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) add(prefix === '' ? name : `${prefix}.${name}`, inner);
    } else fields.set(prefix, value as Value);
  };
  add('', JSON.parse(message));
  return fields;
}

const on =
  (row: Row): Line =>
  (name) =>
    row.get(name) ?? null;

function commandOf(text: string): Command {
  const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(text) ?? [];
  const parser = new Parser(rest);
  switch (name) {
    case 'filter': {
      const condition = parser.condition();
      return (rows) => rows.filter((row) => condition(on(row)) === true);
    }
    case 'fields': {
      const named = parser.list(() => {
        const field = parser.next ?? '';
        const value = parser.sum();
        return [value, parser.next === 'as' ? parser.take() && parser.take() : field] as const;
      });
      return (rows) =>
        rows.map((row) => new Map([...row, ...named.map(([value, as]) => [as, value(on(row))] as const)]));
    }
    case 'stats':
      return stats(parser);
    case 'sort': {
      const field = parser.take();
      parser.take('desc');
      return (rows) => [...rows].sort((one, other) => Number(other.get(field) ?? 0) - Number(one.get(field) ?? 0));
    }
    case 'limit': {
      const most = Number(parser.take());
      return (rows) => rows.slice(0, most);
    }
    default:
      throw new Error(`Logs Insights: the command '${text}' is not known here`);
  }
}

/** A sum over rows; a row's own value is no part of it. */
type Aggregate = (rows: readonly Row[]) => number | null;

function stats(parser: Parser): Command {
  const sums = parser.list(() => [difference(parser), parser.take('as') && parser.take()] as const);
  parser.take('by');
  const keys = parser.list(() => keyOf(parser));
  return (rows) => {
    const groups = Map.groupBy(rows, (row) => JSON.stringify(keys.map(({ value }) => value(on(row)))));
    return [...groups.values()].map(
      (group) =>
        new Map<string, Value>([
          ...keys.map(({ name, value }) => [name, value(on(group[0]!))] as const),
          ...sums.map(([sum, as]) => [as, sum(group)] as const),
        ]),
    );
  };
}

function difference(parser: Parser): Aggregate {
  const first = aggregate(parser);
  if (parser.next !== '-') return first;
  parser.take();
  const second = aggregate(parser);
  return (rows) => (first(rows) ?? 0) - (second(rows) ?? 0);
}

function aggregate(parser: Parser): Aggregate {
  const name = parser.take();
  parser.take('(');
  const value: Expression = parser.next === '*' ? (parser.take(), () => true) : parser.sum();
  parser.take(')');
  if (name !== 'sum' && name !== 'count') throw new Error(`Logs Insights: the sum '${name}' is not known here`);
  return (rows) => {
    const present = rows.map((row) => value(on(row))).filter((each) => each !== null);
    if (name === 'count') return present.length;
    return present.length === 0 ? null : present.reduce<number>((all, each) => all + Number(each), 0);
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Times are told in AWS's form: `2026-11-28 21:05:00.000`. */
function keyOf(parser: Parser): { readonly name: string; readonly value: Expression } {
  const name = parser.take();
  if (name !== 'bin') return { name, value: (line) => line(name) };
  parser.take('(');
  const length = parser.take();
  parser.take(')');
  const ms = Number.parseInt(length, 10) * (UNITS[length.at(-1) ?? ''] ?? NaN);
  const began = (at: number): string => new Date(Math.floor(at / ms) * ms).toISOString().replace('T', ' ').slice(0, -1);
  return { name: `bin(${length})`, value: (line) => began(Number(line('@timestamp'))) };
}
