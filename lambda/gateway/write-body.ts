import type { Writable } from 'node:stream';
import type { GatewayResponse } from '../engine/gateway';

/**
 * Writes at the reader's pace. A stream is always iterated, so that its host's connection is released.
 * `settle`: what has to be done before the end, after which Lambda may stand still at once.
 */
export async function writeBody(
  body: GatewayResponse['body'],
  out: Writable,
  signal: AbortSignal,
  settle?: () => Promise<void> | undefined,
): Promise<void> {
  if (body instanceof Uint8Array) {
    // Not `end(body)`: Lambda's stream sends status and headers with the first `write`, and without one not at all.
    out.write(body);
  } else {
    for await (const chunk of body) {
      if (signal.aborted) break;
      if (!out.write(chunk)) await drained(out, signal);
    }
  }
  const settled = settle?.();
  if (settled) await settled;
  if (!signal.aborted) out.end();
}

/** Or until the reader is gone, of which the signal has then told: a listener to that would cost more than the two others. */
function drained(out: Writable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const go = (): void => {
      out.off('drain', go).off('close', go);
      resolve();
    };
    out.on('drain', go).on('close', go);
  });
}
