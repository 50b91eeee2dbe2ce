import { FOREIGN_SIGNATURE } from '../../anthropic/request/foreign-marks';
import { CallBlock, SpokenBlock, type Block } from './blocks';
import type { AnswerPart } from './answer-parts';

export const sseText = (type: string, json: string): string => `event: ${type}\ndata: ${json}\n\n`;

/**
 * The content of an answer as events, one block open at a time: what belongs to another block before the open one is whole
 * waits for its turn.
 */
export class MessageWriter {
  #events = '';
  #open: Block | undefined;
  #hasBegun = false;
  #index = 0;
  #written = 0;
  readonly #waiting: Block[] = [];
  readonly #calls: CallBlock[] = [];

  constructor(private readonly answer: string) {}

  get hasCalls(): boolean {
    return this.#calls.length > 0;
  }

  /** All calls can be carried out. */
  get hasWholeCalls(): boolean {
    return this.#calls.every((call) => call.canBegin && call.hasInput);
  }

  /** Characters of content. */
  get written(): number {
    return this.#written;
  }

  /** The events since the last time. */
  take(): string {
    const events = this.#events;
    this.#events = '';
    return events;
  }

  push(part: AnswerPart): void {
    const block =
      part.kind === 'call' ? this.#call(part) : this.#spoken(part.kind === 'thinking' ? 'thinking' : 'text', part.text);
    this.#open ??= block;
    while (this.#waiting.length > 0 && this.#open.isWhole) this.#next();
    this.#tell(this.#open);
  }

  /** Everything that waits, in order. */
  end(): void {
    while (this.#open !== undefined) this.#next();
  }

  #spoken(kind: 'text' | 'thinking', text: string): Block {
    const last = this.#waiting.at(-1) ?? this.#open;
    const block = last instanceof SpokenBlock && last.kind === kind ? last : this.#add(new SpokenBlock(kind));
    block.add(text);
    return block;
  }

  #call(part: Extract<AnswerPart, { kind: 'call' }>): Block {
    const last = this.#calls.at(-1);
    let call = this.#calls.findLast((each) => each.continues(part, each === last));
    if (call === undefined) {
      call = this.#add(new CallBlock(this.answer, this.#calls.length, part));
      this.#calls.push(call);
    }
    call.add(part);
    return call;
  }

  #add<B extends Block>(block: B): B {
    if (this.#open !== undefined) this.#waiting.push(block);
    return block;
  }

  #next(): void {
    if (this.#open !== undefined) this.#close(this.#open);
    this.#open = this.#waiting.shift();
  }

  #close(block: Block): void {
    this.#tell(block);
    if (!this.#hasBegun) return;
    if (block.isUnsigned) this.#delta('signature_delta', 'signature', FOREIGN_SIGNATURE);
    this.#events += sseText('content_block_stop', `{"type":"content_block_stop","index":${this.#index}}`);
    this.#index += 1;
    this.#hasBegun = false;
  }

  #tell(block: Block): void {
    if (!block.canBegin) return;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      const json = `{"type":"content_block_start","index":${this.#index},"content_block":${block.start()}}`;
      this.#events += sseText('content_block_start', json);
    }
    const text = block.take();
    if (text === '') return;
    this.#written += text.length;
    this.#delta(...block.delta, text);
  }

  #delta(type: string, field: string, text: string): void {
    const delta = `{"type":"${type}","${field}":${JSON.stringify(text)}}`;
    this.#events += sseText(
      'content_block_delta',
      `{"type":"content_block_delta","index":${this.#index},"delta":${delta}}`,
    );
  }
}
