import { captureLines } from '../captured-lines';

export type Line = Readonly<Record<string, unknown>>;

/** What the router writes during each test, logs and metrics, in place of the test's own output. */
export function useWrittenLines() {
  const written = captureLines();
  const lines = () => written().map((line) => JSON.parse(line) as Line);
  const metric = (name: string) => lines().filter((line) => line['_aws'] !== undefined && name in line);
  return {
    written,
    lines,
    logged: (message: string) => lines().filter((line) => line['message'] === message),
    metric,
    sum: (name: string) => metric(name).reduce((total, line) => total + Number([line[name]].flat()[0]), 0),
  };
}
