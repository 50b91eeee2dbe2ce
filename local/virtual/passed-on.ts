/** The same bytes; `release` is called at their end, whatever that is. */
export async function* passedOn(
  body: AsyncIterable<Uint8Array>,
  release: () => void | Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    await release();
  }
}
