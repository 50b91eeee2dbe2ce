import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Polled<T> {
  readonly value: T | undefined;
  /** Why the last look came to nothing; the value is then the one before. */
  readonly problem: string | undefined;
  /** Looks again, now. */
  again(): void;
}

/** Looks now and then every `everyMs`, while the page is seen. `ask` has to stay the same function while it asks the same. */
export function usePoll<T>(ask: () => Promise<T>, everyMs: number | undefined): Polled<T> {
  const [seen, setSeen] = useState<{ readonly value?: T; readonly problem?: string }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isOver = false;
    let timer: number | undefined;
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      try {
        const value = await ask();
        if (!isOver) setSeen({ value });
      } catch (error) {
        if (!isOver)
          setSeen((before) => ({ ...before, problem: error instanceof Error ? error.message : String(error) }));
      }
      // A look that takes long is not overtaken by the next one.
      if (!isOver && everyMs !== undefined && !document.hidden) timer = setTimeout(() => void look(), everyMs);
    };
    const seenAgain = (): void => {
      if (!document.hidden && everyMs !== undefined) void look();
    };
    void look();
    document.addEventListener('visibilitychange', seenAgain);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seenAgain);
    };
  }, [ask, everyMs, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { value: seen.value, problem: seen.problem, again };
}
