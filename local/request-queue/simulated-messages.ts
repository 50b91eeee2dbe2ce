import { randomUUID } from 'node:crypto';

interface Kept {
  readonly messageId: string;
  readonly body: string;
  readonly group: string | undefined;
  visibleAt: number;
  receipt: string;
  received: number;
}

/** A message in the hands of who has taken it. */
export interface Taken {
  readonly messageId: string;
  readonly body: string;
  readonly receiptHandle: string;
}

/** Messages as SQS keeps them: whoever takes one hides it for a time, and it is there again unless it is deleted. */
export class SimulatedMessages {
  #kept: Kept[] = [];
  readonly #seen = new Set<string>();

  constructor(
    private readonly visibilityMs: number,
    private readonly nowMs: () => number,
  ) {}

  get bodies(): string[] {
    return this.#kept.map(({ body }) => body);
  }

  perform(operation: string, input: Record<string, unknown>): object {
    if (operation === 'SendMessage') return this.#send(input);
    if (operation !== 'ChangeMessageVisibility') throw new Error(`nobody here asks for ${operation}`);
    const found = this.#kept.find(({ receipt }) => receipt === input['ReceiptHandle']);
    if (found) found.visibleAt = this.nowMs() + Number(input['VisibilityTimeout']) * 1000;
    return {};
  }

  /** Up to `most`. Of a group only the first, and nothing while that is in somebody's hands. */
  take(most: number): Taken[] {
    const now = this.nowMs();
    const held = new Set<string>();
    const taken: Taken[] = [];
    for (const message of this.#kept) {
      const { group, messageId, body } = message;
      const isFirst = group === undefined || !held.has(group);
      if (group !== undefined) held.add(group);
      if (!isFirst || message.visibleAt > now || taken.length >= most) continue;
      Object.assign(message, { visibleAt: now + this.visibilityMs, receipt: randomUUID() });
      message.received += 1;
      taken.push({ messageId, body, receiptHandle: message.receipt });
    }
    return taken;
  }

  /** By the receipt of who has it: an older one is worth nothing. */
  delete(receipt: string): void {
    this.#kept = this.#kept.filter((message) => message.receipt !== receipt);
  }

  /** When the next message can be taken. */
  get nextAt(): number | undefined {
    return this.#kept.length === 0 ? undefined : Math.min(...this.#kept.map(({ visibleAt }) => visibleAt));
  }

  /** A second copy of each, as a queue of at least once may deliver. */
  duplicate(): void {
    this.#kept.push(...this.#kept.map((message) => ({ ...message, messageId: randomUUID(), receipt: randomUUID() })));
  }

  #send({ MessageBody: body, MessageGroupId: group, MessageDeduplicationId: id }: Record<string, unknown>): object {
    const messageId = randomUUID();
    if (typeof id === 'string' && this.#seen.has(id)) return { MessageId: messageId };
    if (typeof id === 'string') this.#seen.add(id);
    this.#kept.push({
      messageId,
      body: String(body),
      group: typeof group === 'string' ? group : undefined,
      visibleAt: this.nowMs(),
      receipt: randomUUID(),
      received: 0,
    });
    return { MessageId: messageId };
  }
}
