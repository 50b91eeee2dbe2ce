import type { ServerResponse } from 'node:http';
import type { Clock } from '../../../lambda/engine/time/clock';
import { systemClock } from '../../../lambda/runtime/system-clock';
import type { SimulatedAnswer } from './answers';
import type { Framing } from './framing';
import { messageEvents } from './message-events';
import type { RecordedRequest } from '../requests/recorded-request';
import type { Sabotage } from '../faults/sabotage';

type Headers = Readonly<Record<string, string>>;

/** Writes one answer with backpressure, and with the harm a fault does to it. Each resolves once the response is over. */
export interface AnswerWriter {
  /** True when the client was given all of it, unharmed. */
  whole(status: number, headers: Headers, body: string | Uint8Array, harm?: Sabotage): Promise<boolean>;
  stream(
    headers: Headers,
    answer: SimulatedAnswer,
    framing: Framing,
    delayMs: number,
    harm?: Sabotage,
  ): Promise<boolean>;
  reset(): void;
  /** The host, not the client, broke the connection. */
  readonly severed: boolean;
}

/** `faultClock`: what the pauses of a fault are measured by; those between tokens are the real clock's. */
export function createAnswerWriter(
  response: ServerResponse,
  record: RecordedRequest,
  faultClock: Pick<Clock, 'timer'> = systemClock,
): AnswerWriter {
  let closed = false;
  let severed = false;
  const close = new Promise<false>((resolve) =>
    response.once('close', () => {
      closed = true;
      resolve(false);
    }),
  );

  const pause = async (ms: number, clock: Pick<Clock, 'timer'> = faultClock) => {
    if (ms <= 0 || closed) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        timer.cancel();
        response.off('close', done);
        resolve();
      };
      const timer = clock.timer(ms, done);
      response.once('close', done);
    });
  };

  const write = async (part: string | Uint8Array) => {
    if (closed) return;
    record.sent += Buffer.byteLength(part);
    if (response.write(part)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.once('drain', done).once('close', done);
    });
  };

  const end = async () => {
    response.end();
    await close;
    return response.writableFinished;
  };

  /** For the acts that end an answer before its time. */
  const breakOff = async (act: Sabotage['act']) => {
    if (act === 'end-without-stop') response.end();
    if (act === 'cut') {
      severed = true;
      response.socket?.destroySoon();
    }
    return close;
  };

  /** Where the wire has no ping, it is silence. */
  const pingForEver = async (everyMs: number, framing: Framing) => {
    const ping = framing.event({ type: 'ping' });
    while (!closed) {
      if (ping) await write(ping);
      await pause(everyMs);
    }
    return false;
  };

  return {
    get severed() {
      return severed;
    },

    reset() {
      severed = true;
      response.socket?.resetAndDestroy();
    },

    async whole(status, headers, body, harm) {
      const act = harm?.act;
      const broken = act === 'cut' || act === 'stall' || act === 'end-without-stop' || act === 'only-pings';
      const half = body.slice(0, Math.floor(body.length / 2));
      if (harm?.act === 'slow') await pause(harm.ms);
      if (closed) return false;
      const announced = act === 'malformed-event' ? half : body;
      const length =
        act === 'end-without-stop' ? undefined : { 'content-length': String(Buffer.byteLength(announced)) };
      response.writeHead(status, { ...headers, ...length });
      await write(broken ? half : announced);
      return broken ? breakOff(act) : (await end()) && act !== 'malformed-event';
    },

    async stream(headers, answer, framing, delayMs, harm) {
      response.writeHead(200, { ...headers, ...framing.headers });
      let pending = harm;
      let content = 0;
      for (const event of messageEvents(answer.message, answer.deltas)) {
        if (closed) return false;
        if (pending && isDue(pending, content, event.type)) {
          const { act } = pending;
          if (act === 'cut' || act === 'stall' || act === 'end-without-stop') return breakOff(act);
          if (act === 'only-pings') return pingForEver(pending.everyMs, framing);
          if (act === 'slow') await pause(pending.ms);
          if (act === 'malformed-event') await write(framing.malformed());
          if (act === 'error-in-stream') {
            await write(framing.error(pending.error));
            return (await end()) && false;
          }
          pending = undefined;
        }
        const bytes = framing.event(event);
        if (bytes) await write(bytes);
        if (event.type.startsWith('content_block')) content += 1;
        if (event.type === 'content_block_delta') await pause(answer.delayMs ?? delayMs, systemClock);
      }
      return (await end()) && harm?.act !== 'malformed-event';
    },
  };
}

export function isDue(harm: Sabotage, content: number, next: string): boolean {
  if (harm.act === 'end-without-stop' && harm.after === undefined) return next === 'message_stop';
  return next !== 'message_start' && content >= ('after' in harm ? (harm.after ?? 0) : 0);
}
