import { isObject, textOf, type JsonObject } from '../../../../engine/json';
import { toOpenAiError } from '../../door/answer/error';
import { refusalOf } from '../../door/answer/finish';
import { mergedUsage } from '../../door/answer/usage';
import type { AskedResponse } from '../request/to-messages';
import { FUNCTION } from '../tool-kinds';
import { CallItem, type ItemStatus, MessageItem, type OpenItem, ReasoningItem } from './open-items';
import { type ResponseState, toResponse, toUsage } from './response';

const PING = ': ping\n\n';

/** Why an answer has less than all. */
const INCOMPLETE: Readonly<Record<string, string>> = {
  max_tokens: 'max_output_tokens',
  model_context_window_exceeded: 'max_output_tokens',
};

/** The events of a Message, one by one, as those of a Response. */
export class ResponseWriter {
  #lines: string[] = [];
  #sequence = 0;
  #base = '';
  #open: OpenItem | undefined;
  #usage: JsonObject = {};
  #last: JsonObject = {};
  #state: ResponseState;

  constructor(
    private readonly asked: Pick<AskedResponse, 'body' | 'tools'>,
    created: number,
  ) {
    const start = { id: 'resp_', model: String(asked.body['model']), output: [], error: null, incomplete: undefined };
    this.#state = { ...start, created, status: 'in_progress', usage: null };
  }

  /** As far as it has come. */
  get response(): JsonObject {
    return toResponse(this.asked.body, this.#state);
  }

  /** What goes out for an event; nothing for what the wire has no word for. */
  write(event: JsonObject): string {
    this.#lines = [];
    switch (event['type']) {
      case 'ping':
        return PING;
      case 'message_start':
        this.#start(event['message']);
        break;
      case 'content_block_start':
        this.#openBlock(event['content_block']);
        break;
      case 'content_block_delta':
        this.#delta(event['delta']);
        break;
      case 'message_delta':
        this.#usage = mergedUsage(this.#usage, event['usage']);
        if (isObject(event['delta'])) this.#last = { ...this.#last, ...event['delta'] };
        break;
      case 'message_stop':
        this.#stop();
        break;
      case 'error':
        this.#fail(event['error']);
        break;
    }
    return this.#lines.join('');
  }

  #start(message: unknown): void {
    if (!isObject(message)) return;
    this.#base = String(message['id']).replace(/^msg_/, '');
    this.#usage = mergedUsage({}, message['usage']);
    this.#set({ id: `resp_${this.#base}`, model: String(message['model']) });
    this.#emit('response.created', { response: this.response });
    this.#emit('response.in_progress', { response: this.response });
  }

  #openBlock(block: unknown): void {
    if (!isObject(block)) return;
    const { type } = block;
    if (type === 'text') {
      if (this.#open instanceof MessageItem) this.#open.endPart();
      else this.#close();
      this.#say(textOf(block['text']));
      return;
    }
    this.#close();
    if (type === 'thinking' || type === 'redacted_thinking') {
      this.#open = new ReasoningItem(this.#place('rs'), block);
    } else if (type === 'tool_use') this.#openCall(block);
  }

  #openCall({ id, name, input }: JsonObject): void {
    const asked = String(name);
    const tool = this.asked.tools.get(asked) ?? { kind: FUNCTION, name: asked };
    const call = new CallItem(this.#place(tool.kind.idStart), String(id), tool);
    if (isObject(input) && Object.keys(input).length > 0) call.write(JSON.stringify(input));
    this.#open = call;
  }

  #delta(delta: unknown): void {
    if (!isObject(delta)) return;
    const open = this.#open;
    const { type } = delta;
    if (type === 'text_delta') return this.#say(textOf(delta['text']));
    if (open instanceof ReasoningItem) {
      if (type === 'thinking_delta' && delta['thinking']) open.think(String(delta['thinking']));
      if (type === 'signature_delta') open.sign(String(delta['signature']));
    }
    if (open instanceof CallItem && delta['partial_json']) open.write(String(delta['partial_json']));
  }

  /** A message begins with its first word. */
  #say(text: string | undefined): void {
    if (text) this.#message().text(text);
  }

  #message(): MessageItem {
    if (this.#open instanceof MessageItem) return this.#open;
    this.#close();
    return (this.#open = new MessageItem(this.#place('msg')));
  }

  #stop(): void {
    const refusal = refusalOf(this.#last);
    if (refusal !== null) this.#message().refuse(refusal);
    const incomplete = INCOMPLETE[String(this.#last['stop_reason'])];
    const status = incomplete === undefined ? 'completed' : 'incomplete';
    this.#close(status);
    this.#set({ status, incomplete, usage: toUsage(this.#usage) });
    this.#emit(`response.${status}`, { response: this.response });
  }

  /** Clients throw at the first of the two, or know only the second. What is open has no end. */
  #fail(told: unknown): void {
    const { message, param, code: known } = toOpenAiError(told);
    const code = known === 'context_length_exceeded' || known === 'rate_limit_exceeded' ? known : 'server_error';
    this.#emit('error', { code, message, param });
    this.#set({ status: 'failed', error: { code, message } });
    this.#emit('response.failed', { response: this.response });
  }

  #close(status: ItemStatus = 'completed'): void {
    const item = this.#open?.close(status);
    this.#open = undefined;
    if (item) this.#set({ output: [...this.#state.output, item] });
  }

  #place(start: string) {
    const index = this.#state.output.length;
    return { id: `${start}_${this.#base}_${index}`, index, emit: this.#emit };
  }

  #set(change: Partial<ResponseState>): void {
    this.#state = { ...this.#state, ...change };
  }

  readonly #emit = (type: string, fields: JsonObject): void => {
    const data = { type, sequence_number: this.#sequence++, ...fields };
    this.#lines.push(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  };
}
