import { METRICS } from '../../../lib/contract';

export type LogLine = Readonly<{ [field: string]: unknown }>;

/** What the router wrote, by kind. */
export interface Logged {
  readonly requests: readonly LogLine[];
  readonly attempts: readonly LogLine[];
  /** A metric's sum. */
  sum(name: keyof typeof METRICS): number;
  /** How many values a metric has of one host, and their sum. */
  ofHost(name: keyof typeof METRICS, host: string): { readonly samples: number; readonly sum: number };
}

/** What stands before the JSON, a runtime client has put there; lines without any are not the router's. */
export function readLog(lines: readonly string[]): Logged {
  const parsed = lines.flatMap((line) => {
    const start = line.indexOf('{"');
    return start === -1 ? [] : [JSON.parse(line.slice(start)) as LogLine];
  });
  const values = (name: keyof typeof METRICS, host?: string): number[] =>
    parsed
      .filter((line) => line['_aws'] !== undefined && METRICS[name] in line && line['Host'] === host)
      .flatMap((line) => [line[METRICS[name]]].flat().map(Number));
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);
  return {
    requests: parsed.filter(({ message }) => message === 'request'),
    attempts: parsed.filter(({ message }) => message === 'attempt'),
    sum: (name) => total(values(name)),
    ofHost: (name, host) => ({ samples: values(name, host).length, sum: total(values(name, host)) }),
  };
}
