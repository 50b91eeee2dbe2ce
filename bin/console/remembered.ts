/** The same answer for a while; whoever asks meanwhile waits for the same one. A failure is not remembered. */
export function remembered<T>(ms: number, read: () => Promise<T>, now: () => number = Date.now): () => Promise<T> {
  let last: Promise<T> | undefined;
  let at = -Infinity;
  return () => {
    if (last !== undefined && now() - at < ms) return last;
    at = now();
    const asked = read();
    last = asked;
    asked.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked;
  };
}
