import { METRICS } from '../../../lib/contract';

export type LogLine = Readonly<{ [field: string]: unknown }>;

/** What the router wrote, by kind. */
export interface Logged {
  readonly requests: readonly LogLine[];
  readonly attempts: readonly LogLine[];
  /** A metric's sum, over all lines or those of one host. */
  metric(name: keyof typeof METRICS, host?: string): number;
}

/** Whatever stands before the JSON, a runtime client has put there; lines without any are not the router's. */
export function readLog(lines: readonly string[]): Logged {
  const parsed = lines.flatMap((line) => {
    const start = line.indexOf('{');
    return start === -1 ? [] : [JSON.parse(line.slice(start)) as LogLine];
  });
  const emf = parsed.filter((line) => line['_aws'] !== undefined);
  return {
    requests: parsed.filter(({ message }) => message === 'request'),
    attempts: parsed.filter(({ message }) => message === 'attempt'),
    metric: (name, host) =>
      emf
        .filter((line) => METRICS[name] in line && (host === undefined || line['Host'] === host))
        .reduce((sum, line) => sum + Number([line[METRICS[name]]].flat()[0]), 0),
  };
}
