import { RESPONSE_HEADERS } from '../../lib/contract';
import type { GatewayRequest } from '../../lambda/engine/gateway';
import type { Clock } from '../../lambda/engine/time/clock';
import type { Serve } from './policies/policy';
import type { LedgerEntry } from './world/ledger';

/** A client: asks, reads to the end, and writes down what came of it. */
export async function ask(
  serve: Serve,
  request: GatewayRequest,
  leavesAfterMs: number | undefined,
  record: LedgerEntry,
  clock: Clock,
): Promise<void> {
  const gone = new AbortController();
  const leaving = leavesAfterMs === undefined ? undefined : clock.timer(leavesAfterMs, () => gone.abort());
  const { status, headers, body, process } = await serve(request, gone.signal);
  record.process = process;
  record.status = status;
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) record.retryAfter = Number(retryAfter);
  record.note = [RESPONSE_HEADERS.dropped, RESPONSE_HEADERS.adapted].map((name) => headers[name] ?? '').join(';');
  record.delivered = status === 200 && (body instanceof Uint8Array || (await isWhole(body)));
  record.endedAt = clock.now();
  leaving?.cancel();
}

/** As an SDK sees it: nothing counts but `message_stop`, and an `error` event takes that back. */
async function isWhole(body: AsyncIterable<Uint8Array>): Promise<boolean> {
  let whole = false;
  try {
    for await (const piece of body) {
      const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
      if (text.includes('event: error\n')) return false;
      whole ||= text.includes('event: message_stop\n');
    }
  } catch {
    return false;
  }
  return whole;
}
