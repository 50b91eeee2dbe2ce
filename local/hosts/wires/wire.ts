import type { HostKind } from '../../../lib/contract';
import { answer, type SimulatedAnswer } from '../answers/answers';
import { anthropic, aws, type ErrorSpec } from '../faults/error-spec';
import { eventStream, sse, type Framing } from '../answers/framing';
import type { GoogleSide } from '../google/google-side';
import type { Json } from '../../json';
import type { SimRequest } from '../requests/recorded-request';

/** What a sound host makes of a request; the faults come on top. */
export type HostReply =
  | { readonly kind: 'error'; readonly error: ErrorSpec }
  | { readonly kind: 'json'; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'stream'; readonly answer: SimulatedAnswer; readonly framing: Framing }
  /** From another service on the same port: the host's faults do not reach it. */
  | { readonly kind: 'apart'; readonly status: number; readonly body: unknown };

/** One kind of host: its paths, its credentials, its idea of a valid request. */
export type Wire = (request: SimRequest) => HostReply | Promise<HostReply>;

export interface WireOptions {
  readonly kind: HostKind;
  readonly region: string;
  readonly keys: readonly string[];
  readonly models: readonly string[] | undefined;
  /** Vertex only. */
  readonly google?: GoogleSide;
}

export const refuse = (error: ErrorSpec): HostReply => ({ kind: 'error', error });

/** A bad request, in the words of the layer that finds it. */
export function invalid(kind: HostKind, message: string): ErrorSpec {
  return kind === 'bedrock'
    ? aws(400, 'ValidationException', message)
    : anthropic(400, 'invalid_request_error', message);
}

/** Ids each kind knows when it is given none: Bedrock wants a profile, Vertex an `@` before a date. */
const MODEL_IDS: Record<HostKind, RegExp> = {
  anthropic: /^claude-[a-z0-9-]+$/,
  'claude-platform-aws': /^claude-[a-z0-9-]+$/,
  foundry: /^claude-[a-z0-9-]+$/,
  bedrock:
    /^((global|us|eu|jp|au|apac|us-gov)\.anthropic\.claude-[a-z0-9-]+(-v\d+(:\d+)?)?|arn:aws[a-z-]*:bedrock:.+-profile\/.+)$/,
  vertex: /^claude-(?![a-z0-9-]*-\d{8}$)[a-z0-9-]+(@\d{8}|@default)?$/,
};

export function knows({ kind, models }: WireOptions, model: string): boolean {
  return models ? models.includes(model) : MODEL_IDS[kind].test(model);
}

/** Server tools a kind of host has never heard of. */
const FOREIGN_TOOLS: Partial<Record<HostKind, RegExp>> = {
  bedrock: /^(web_search|web_fetch|code_execution|advisor)_\d+$/,
  vertex: /^(web_search_(?!20250305)|web_fetch_|code_execution_|advisor_)\d+$/,
};

function complaint(kind: HostKind, body: Json, foreign: readonly string[]): string | undefined {
  const missing = ['max_tokens', 'messages'].find((field) => body[field] === undefined);
  if (missing) return `${missing}: Field required`;
  if (!Array.isArray(body['messages']) || body['messages'].length === 0)
    return 'messages: at least one message is required';
  const extra = foreign.find((field) => body[field] !== undefined);
  if (extra) return `${extra}: Extra inputs are not permitted`;
  const tools: readonly unknown[] = Array.isArray(body['tools']) ? body['tools'] : [];
  const types = tools.map((tool) => String((tool as Json | null)?.['type']));
  const tool = types.findIndex((type) => FOREIGN_TOOLS[kind]?.test(type));
  if (tool < 0) return undefined;
  return `tools.${tool}: Input tag '${types[tool]}' found using 'type' does not match any of the expected tags: 'bash_20250124', 'custom'`;
}

export interface MessageCall {
  readonly kind: HostKind;
  readonly model: string;
  readonly body: Json;
  readonly stream: boolean;
  /** Fields this door carries elsewhere than in the body. */
  readonly foreign?: readonly string[];
  readonly eventStream?: boolean;
}

/** The part all hosts share: the same model answers behind every door. */
export function serveMessage({
  kind,
  model,
  body,
  stream,
  foreign = [],
  eventStream: binary = false,
}: MessageCall): HostReply {
  const wrong = complaint(kind, body, foreign);
  if (wrong) return refuse(invalid(kind, wrong));
  const given = answer(body, kind, model);
  const { input_tokens, output_tokens } = given.message.usage;
  if (stream && !binary) return { kind: 'stream', answer: given, framing: sse };
  const counts = { inputTokenCount: input_tokens, outputTokenCount: output_tokens };
  if (stream) {
    return {
      kind: 'stream',
      answer: given,
      framing: eventStream({ ...counts, invocationLatency: 40, firstByteLatency: 10 }),
    };
  }
  const headers = binary && {
    'x-amzn-bedrock-invocation-latency': '40',
    'x-amzn-bedrock-input-token-count': String(input_tokens),
    'x-amzn-bedrock-output-token-count': String(output_tokens),
  };
  return { kind: 'json', body: given.message, ...(headers && { headers }) };
}
