/** How the router's log lines begin. */
const LINE = '{"level":';

/** Takes the router's log lines out of what this process prints; they are printed as well where `isShown`. */
export function tapLog(take: (line: string) => void, isShown: boolean): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]): boolean => {
      if (typeof chunk !== 'string' || !chunk.startsWith(LINE)) return write(chunk, ...rest);
      for (const line of chunk.split('\n')) if (line !== '') take(line);
      return isShown ? write(chunk, ...rest) : true;
    };
  }
}
