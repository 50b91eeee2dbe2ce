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

/** A first attempt that has answered has no line but that of its request. */
function plainAttempts(requests: readonly LogLine[]): Iterable<LogLine> {
  const plain = requests.filter(({ attempts, outcome }) => attempts === 1 && outcome === 'answered');
  const byRequest = new Map(plain.map((line) => [line['requestId'], line]));
  return byRequest.values().map((line) => ({ ...line, outcome: 'ok' }));
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
  const requests = parsed.filter(({ message }) => message === 'request');
  return {
    requests,
    attempts: [...parsed.filter(({ message }) => message === 'attempt'), ...plainAttempts(requests)],
    sum: (name) => total(values(name)),
    ofHost: (name, host) => ({ samples: values(name, host).length, sum: total(values(name, host)) }),
  };
}
