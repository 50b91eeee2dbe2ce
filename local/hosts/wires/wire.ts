import type { HostKind } from '../../../lib/contract';
import type { Clock } from '../../../lambda/engine/time/clock';
import type { BatchTrouble } from '../account/batch-results';
import type { AwsSide } from '../aws/aws-side';
import { answer, type SimulatedAnswer } from '../answers/answers';
import { anthropic, aws, type ErrorSpec } from '../faults/error-spec';
import { eventStream, sse, type Framing } from '../answers/framing';
import type { JobsSide } from '../jobs/jobs-side';
import type { GoogleSide } from '../google/google-side';
import type { Json } from '../../json';
import { complaint } from '../requests/complaint';
import { estimateTokens } from '../requests/prompt';
import type { SimRequest } from '../requests/recorded-request';

type Headers = Readonly<Record<string, string>>;

interface Refusal {
  readonly kind: 'error';
  readonly error: ErrorSpec;
}

interface JsonReply {
  readonly kind: 'json';
  readonly body: unknown;
  readonly headers?: Headers;
}

export type AccountReply =
  Refusal | JsonReply | { readonly kind: 'file'; readonly bytes: string | Uint8Array; readonly headers: Headers };

/** What a sound host makes of a request; the faults come on top. */
export type HostReply =
  | Refusal
  | JsonReply
  | { readonly kind: 'stream'; readonly answer: SimulatedAnswer; readonly framing: Framing }
  /** Concerns what the host keeps, so it is done only where no fault has struck before. */
  | { readonly kind: 'deferred'; serve(): AccountReply | Promise<AccountReply> }
  /** From another service on the same port: the host's faults do not reach it. */
  | { readonly kind: 'apart'; readonly status: number; readonly body: unknown };

/** One kind of host: its paths, its credentials, its idea of a valid request. */
export type Wire = (request: SimRequest) => HostReply | Promise<HostReply>;

export interface WireOptions {
  readonly kind: HostKind;
  readonly region: string;
  readonly keys: readonly string[];
  readonly models: readonly string[] | undefined;
  /** Bedrock and Claude Platform on AWS only. */
  readonly aws?: AwsSide;
  /** Vertex only. */
  readonly google?: GoogleSide;
  /** Anthropic's own, and by what time jobs age. @default - keeps no batches and no files */
  readonly account?: AccountOptions;
  /** Bedrock and Vertex only. @default - has no batch jobs */
  readonly jobs?: JobsSide | undefined;
}

export interface AccountOptions {
  /** What batches and files age by. */
  readonly clock: Pick<Clock, 'now'>;
  /** How long a batch takes. */
  readonly batchMs: number;
  /** @default - nothing becomes of a sound request but its answer */
  readonly batchTrouble?: ((params: Json) => BatchTrouble | undefined) | undefined;
}

export const refuse = (error: ErrorSpec): Refusal => ({ kind: 'error', error });

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
  messages: /^(qwen|llama|mistral|deepseek|claude)[a-z0-9.:-]*$/,
  openai: /^gpt-[a-z0-9.-]+$/,
  'azure-openai': /^[a-z0-9-]+$/,
  'vertex-gemini': /^google\/gemini-[a-z0-9.-]+$/,
  'bedrock-models': /^(openai|meta|mistral|qwen|amazon)\.[a-z0-9.:-]+$/,
  vertex: /^claude-(?![a-z0-9-]*-\d{8}$)[a-z0-9-]+(@\d{8}|@default)?$/,
};

export function knows({ kind, models }: WireOptions, model: string): boolean {
  return models ? models.includes(model) : MODEL_IDS[kind].test(model);
}

export interface MessageCall {
  readonly kind: HostKind;
  readonly model: string;
  readonly body: Json;
  /** The API version, wherever this door carries it. */
  readonly version: unknown;
  readonly stream: boolean;
  /** Fields this door carries elsewhere than in the body. */
  readonly foreign?: readonly string[];
  readonly eventStream?: boolean;
}

/** The part all hosts share: the same model answers behind every door. */
export function serveMessage(call: MessageCall): HostReply {
  const { kind, model, body, stream, eventStream: binary = false } = call;
  const wrong = complaint(body, { ...call, least: 0 });
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

/** As the messages, but nothing is generated. */
export function serveCount(call: Pick<MessageCall, 'kind' | 'model' | 'body' | 'version'>): HostReply {
  const { kind, body } = call;
  const wrong = complaint(body, call);
  if (wrong) return refuse(invalid(kind, wrong));
  return { kind: 'json', body: { input_tokens: estimateTokens([body['system'], body['tools'], body['messages']]) } };
}
