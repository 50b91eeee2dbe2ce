import type { IncomingRequest } from '../../../engine/gateway';
import { type Body, HostError } from '../../../engine/host';
import { isObject, parseJson } from '../../../engine/json';
import { isUnreached } from '../../../hosts/transport/unreached';
import type { Client } from '../../plan/clients';
import type { Planner } from '../../plan/plan-request';
import { batchParams } from '../../stateful/batch-params';
import type { Spend } from '../spend';
import type { BatchEstimate } from './batch-estimate';

/** A batch on its way to the host that will keep it. */
export class SentBatch {
  readonly #estimate: BatchEstimate;
  readonly #take: (bytes: Uint8Array) => void;
  /** The host may have all of it. */
  #isSent = false;
  #isOver = false;

  constructor(
    private readonly spend: Spend,
    { models }: Pick<Planner, 'models'>,
    { headers }: Pick<IncomingRequest, 'headers'>,
    client: Client,
    host: string,
  ) {
    const estimate = spend.batches.estimate(client.name, headers);
    this.#estimate = estimate;
    this.#take = batchParams((params, json) => {
      const name = String(params['model']);
      estimate.add(models.find(name)?.id ?? name, [host], params, json.length);
    });
  }

  /** Sees every part of it before the host does. */
  look(bytes: Uint8Array): void {
    this.#take(bytes);
  }

  /** The same; its last part goes on only when there is room for the whole batch: what breaks off before is no batch. */
  async body(body: Body): Promise<Body> {
    if (body instanceof Uint8Array) {
      await this.#hold();
      return body;
    }
    return { length: body.length, chunks: this.#held(body.chunks) };
  }

  /** The host's answer to it. */
  async answered(status: number, answer: Uint8Array): Promise<void> {
    if (status >= 400) return this.#release();
    this.#isOver = true;
    const accounts = await this.#estimate.keep();
    const json = parseJson(Buffer.from(answer).toString());
    const id = isObject(json) ? json['id'] : undefined;
    if (typeof id === 'string' && accounts.length > 0) await this.spend.batches.ledger.charge(id, accounts);
  }

  /** There was no answer. A batch that the host may have all the same is paid for. */
  async failed(error: unknown): Promise<void> {
    if (this.#isOver) return;
    const isNone = !this.#isSent || (error instanceof HostError && isUnreached(error));
    if (isNone) return this.#release();
    this.#isOver = true;
    await this.#estimate.keep();
  }

  #release(): void {
    this.#isOver = true;
    this.#estimate.release();
  }

  async #hold(): Promise<void> {
    await this.#estimate.hold();
    this.#isSent = true;
  }

  async *#held(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let last: Uint8Array | undefined;
    for await (const chunk of chunks) {
      if (last) yield last;
      last = chunk;
    }
    await this.#hold();
    if (last) yield last;
  }
}
