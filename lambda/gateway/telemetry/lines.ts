/** Where lines go: each in one write, to stdout or, what somebody should look at, to stderr. */
export interface Lines {
  write(line: string, isTrouble: boolean): void;
  /** Before the process ends. */
  flush(): void;
}

/** Out before anything else runs: Lambda may stand still at once. */
export const writtenAtOnce: Lines = {
  write: (line, isTrouble) => void (isTrouble ? process.stderr : process.stdout).write(line),
  flush: () => {},
};

/** What requests that are served together have to say goes out together, once a turn of the event loop. */
export function writtenByTurn(): Lines {
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') process.stdout.write(waiting);
    waiting = '';
  };
  return {
    write(line, isTrouble) {
      if (isTrouble) return writtenAtOnce.write(line, true);
      if (waiting === '') setImmediate(flush);
      waiting += line;
    },
    flush,
  };
}
