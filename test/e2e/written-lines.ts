export type Line = Readonly<Record<string, unknown>>;

/** What the router writes during each test, logs and metrics, in place of the test's own output. */
export function useWrittenLines() {
  let written: string[];
  beforeEach(() => {
    written = [];
    const record = (text: unknown) => void written.push(...String(text).split('\n').filter(Boolean));
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((text) => {
        record(text);
        return true;
      });
    }
    const spies = [jest.spyOn(console, 'log'), jest.spyOn(console, 'info'), jest.spyOn(console, 'warn')];
    for (const spy of [...spies, jest.spyOn(console, 'error'), jest.spyOn(console, 'debug')]) {
      spy.mockImplementation((text: unknown) => record(text));
    }
  });
  afterEach(() => jest.restoreAllMocks());

  const lines = () => written.map((line) => JSON.parse(line) as Line);
  const metric = (name: string) => lines().filter((line) => line['_aws'] !== undefined && name in line);
  return {
    written: (): readonly string[] => written,
    lines,
    logged: (message: string) => lines().filter((line) => line['message'] === message),
    metric,
    sum: (name: string) => metric(name).reduce((total, line) => total + Number([line[name]].flat()[0]), 0),
  };
}
