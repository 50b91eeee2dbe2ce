/** What goes to stdout, stderr and the console while a test runs, line by line. */
export function captureLines(): () => readonly string[] {
  let lines: string[] = [];
  beforeEach(() => {
    lines = [];
    const record = (text: unknown) => void lines.push(...String(text).split('\n').filter(Boolean));
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
  return () => lines;
}
