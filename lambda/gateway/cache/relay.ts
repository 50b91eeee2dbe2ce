/** Beyond it, a host waits for a client that reads slowly. */
const MOST_AHEAD_BYTES = 16 * 1024 * 1024;

export interface Listener {
  /** Each part, as it comes. */
  seen(part: Uint8Array): void;
  /** After the last one that is read, before the client gets it. */
  ended(): Promise<void>;
}

/** A stream that is read at its host's pace, and to its end even where its client leaves, unless `gone` says that nobody needs it. */
export function relay(
  source: AsyncIterable<Uint8Array>,
  gone: AbortSignal,
  listener: Listener,
): AsyncIterable<Uint8Array> {
  const parts: Uint8Array[] = [];
  let ahead = 0;
  let isRead = true;
  let isOver = false;
  let failure: { readonly error: unknown } | undefined;
  let wakeReader: () => void = () => undefined;
  let wakePump: () => void = () => undefined;
  const noLongerRead = (): void => {
    isRead = false;
    parts.length = 0;
    wakePump();
  };

  const pump = async (): Promise<void> => {
    gone.addEventListener('abort', noLongerRead, { once: true });
    try {
      for await (const part of source) {
        listener.seen(part);
        if (gone.aborted) break;
        if (!isRead) continue;
        parts.push(part);
        ahead += part.length;
        wakeReader();
        while (isRead && ahead > MOST_AHEAD_BYTES) await new Promise<void>((resolve) => (wakePump = resolve));
      }
    } catch (error) {
      failure = { error };
    } finally {
      gone.removeEventListener('abort', noLongerRead);
      await listener.ended();
      isOver = true;
      wakeReader();
    }
  };
  void pump();

  return (async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
          yield part;
          ahead -= part.length;
          wakePump();
        }
        if (isOver) break;
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
      if (failure !== undefined) throw failure.error;
    } finally {
      noLongerRead();
    }
  })();
}
