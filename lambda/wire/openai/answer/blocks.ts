import { isObject, parseJson } from '../../../engine/json';
import { toolId } from '../tool-id';
import type { AnswerPart } from './answer-parts';

/** A content block as it grows. */
export interface Block {
  /** How its deltas are written: their type, and the field of their text. */
  readonly delta: readonly [type: string, field: string];
  /** It may begin: before, there is nothing of it that a client could keep. */
  readonly canBegin: boolean;
  /** Nothing more can come of it, once something else has come. */
  readonly isWhole: boolean;
  /** Of thinking: nobody has signed it. */
  readonly isUnsigned: boolean;
  /** How it begins, as JSON. */
  start(): string;
  /** The text that has come since the last time. */
  take(): string;
}

export class SpokenBlock implements Block {
  readonly delta: Block['delta'];
  readonly isWhole = true;
  readonly isUnsigned: boolean;
  #new = '';
  #saysSomething = false;

  constructor(readonly kind: 'text' | 'thinking') {
    this.delta = [`${kind}_delta`, kind];
    this.isUnsigned = kind === 'thinking';
  }

  /** A block of white space alone is refused by Claude, to which it may go back. */
  get canBegin(): boolean {
    return this.#saysSomething;
  }

  add(text: string): void {
    this.#new += text;
    this.#saysSomething ||= /\S/.test(text);
  }

  start(): string {
    return this.isUnsigned ? '{"type":"thinking","thinking":"","signature":""}' : '{"type":"text","text":""}';
  }

  take(): string {
    const text = this.#new;
    this.#new = '';
    return text;
  }
}

type CallPart = Extract<AnswerPart, { kind: 'call' }>;

const NULL = 'null';

export class CallBlock implements Block {
  readonly delta: Block['delta'] = ['input_json_delta', 'partial_json'];
  readonly isUnsigned = false;
  readonly #index: number | undefined;
  readonly #id: string;
  #name = '';
  #signature: string | undefined;
  #args = '';
  /** Enough of the arguments to know whether there are any. */
  #head = '';
  #taken = 0;

  constructor(
    private readonly answer: string,
    private readonly position: number,
    { index, id }: CallPart,
  ) {
    this.#index = index;
    this.#id = id;
  }

  get canBegin(): boolean {
    return this.#name !== '';
  }

  get isWhole(): boolean {
    return this.#args.endsWith('}') && this.hasInput;
  }

  /** An object, or nothing, which means an empty one. */
  get hasInput(): boolean {
    return this.#isEmpty || isObject(parseJson(this.#args));
  }

  /** The piece belongs to this call: by its id, by its index, or because it says nothing of where it belongs. */
  continues({ index, id, name }: CallPart, isLast: boolean): boolean {
    if (id !== '' && this.#id !== '') return id === this.#id;
    if (index !== undefined) return index === this.#index;
    return isLast && name === '';
  }

  add({ name, args, signature }: CallPart): void {
    this.#name ||= name;
    this.#signature ??= signature;
    this.#args += args;
    if (this.#head.length <= NULL.length) this.#head = (this.#head + args).trim().slice(0, NULL.length + 1);
  }

  start(): string {
    const id = toolId(this.answer, this.#id, this.position, this.#signature);
    return `{"type":"tool_use","id":"${id}","name":${JSON.stringify(this.#name)},"input":{}}`;
  }

  take(): string {
    if (this.#isEmpty) return '';
    const args = this.#args.slice(this.#taken);
    this.#taken = this.#args.length;
    return args;
  }

  /** Models call a tool that takes nothing in several ways. */
  get #isEmpty(): boolean {
    return NULL.startsWith(this.#head);
  }
}
