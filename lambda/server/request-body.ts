import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UnreadBody } from '../engine/gateway';
import { bodyTooLarge, GatewayError } from '../gateway/gateway-error';
import { SMALL_BYTES, type BodyBudget } from './body-budget';

/** A client that begins a large body and then says nothing for so long gives its place to others. */
const SILENCE_MS = 30_000;
/** What nobody asked for is let through so far, so that the client hears its answer; then it is cut off. */
const DISCARD_BYTES = 32 * 1024 * 1024;
const RETRY_AFTER = { 'retry-after': '2' };

/** One for all: the stack of a new one would cost every request. */
const GONE = new GatewayError(499, 'the client is gone');

/** The body of a request to the plain server: read when it is asked for, counted while it is held. */
export class RequestBody implements UnreadBody {
  readonly length: number | undefined;
  #held = 0;
  #isBegun = false;
  #isStreaming = false;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
    private readonly budget: BodyBudget,
  ) {
    const { 'content-length': length, 'transfer-encoding': coding } = incoming.headers;
    this.length = coding === undefined ? Number(length ?? 0) : undefined;
  }

  async read(limit: number): Promise<Uint8Array> {
    const { length } = this;
    if (length === undefined) return this.#collect(limit);
    if (length > limit) throw bodyTooLarge(limit);
    // Before the first byte: what is announced will come.
    this.#count(length, length);
    return length > SMALL_BYTES ? this.#fill(length) : this.#join();
  }

  async *stream(limit: number): AsyncGenerator<Uint8Array> {
    if (this.length !== undefined && this.length > limit) throw bodyTooLarge(limit);
    this.#begin();
    this.#isStreaming = true;
    let size = 0;
    try {
      for await (const chunk of this.incoming.iterator({ destroyOnReturn: false })) {
        const bytes = chunk as Buffer;
        size += bytes.length;
        if (size > limit) throw bodyTooLarge(limit);
        yield bytes;
      }
    } catch (error) {
      throw error instanceof GatewayError ? error : GONE;
    } finally {
      this.#isStreaming = false;
      this.discard();
    }
  }

  /** When the response is through, or its client gone. */
  release(): void {
    this.budget.giveBack(this.#held);
    this.#held = 0;
  }

  /** After an answer that did not need the body, or not all of it. */
  discard(): void {
    // A host may answer while the body is still on its way there.
    if (this.incoming.complete || this.#isStreaming) return;
    // Who waits to be invited sends nothing; what follows on that connection could be taken for the body.
    if (this.#waitsForInvitation && !this.#isBegun) this.outgoing.shouldKeepAlive = false;
    let size = 0;
    this.incoming.on('data', (part: Buffer) => {
      size += part.length;
      if (size > DISCARD_BYTES) this.incoming.destroy();
    });
    this.incoming.resume();
  }

  get #waitsForInvitation(): boolean {
    return this.incoming.headers.expect !== undefined;
  }

  hold(bytes: number): void {
    this.#count(bytes, bytes);
  }

  #count(bytes: number, whole: number): void {
    if (!this.budget.take(bytes, whole)) {
      const text = `the gateway holds as many request bodies as it has memory for (${this.budget.bytes} bytes); try again`;
      throw new GatewayError(503, text, RETRY_AFTER, 'overloaded_error');
    }
    this.#held += bytes;
  }

  async #join(): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    await this.#each((part) => void parts.push(part));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** Into its place at once: parts that are joined in the end would be held twice. */
  async #fill(length: number): Promise<Uint8Array> {
    const whole = Buffer.allocUnsafeSlow(length);
    let size = 0;
    await this.#each((part) => void (size += part.copy(whole, size)));
    await this.budget.turn();
    return whole;
  }

  async #collect(limit: number): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    let size = 0;
    await this.#each((part) => {
      size += part.length;
      if (size > limit) throw bodyTooLarge(limit);
      this.#count(part.length, size);
      parts.push(part);
    });
    return Buffer.concat(parts);
  }

  #begin(): void {
    this.#isBegun = true;
    if (this.#waitsForInvitation) this.outgoing.writeContinue();
  }

  /** By events: iterating a message costs several times as much. */
  #each(take: (part: Buffer) => void): Promise<void> {
    const { incoming } = this;
    this.#begin();
    const isLarge = this.length === undefined || this.length > SMALL_BYTES;
    if (isLarge) incoming.setTimeout(SILENCE_MS, () => incoming.destroy());
    return new Promise((resolve, reject) => {
      const onData = (part: Buffer): void => {
        try {
          take(part);
        } catch (error) {
          incoming.off('data', onData).pause();
          reject(error);
        }
      };
      incoming.on('data', onData);
      incoming.on('end', () => {
        if (isLarge) incoming.setTimeout(0);
        resolve();
      });
      incoming.on('error', () => reject(GONE));
      incoming.on('close', () => incoming.complete || reject(GONE));
    });
  }
}
