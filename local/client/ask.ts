import type Anthropic from '@anthropic-ai/sdk';
import { APIError } from '@anthropic-ai/sdk';
import { RESPONSE_HEADERS, STEERING_HEADERS, type CommitMode } from '../../lib/contract';

/** One request, as its client saw it. Times in milliseconds. */
export interface Sample {
  /** When it was sent, since the epoch. */
  readonly at: number;
  readonly stream: boolean;
  /** From the answer's headers; undefined where none said. */
  readonly host: string | undefined;
  readonly attempts: number;
  readonly trace: string;
  readonly firstMs: number;
  readonly totalMs: number;
  /** Why the client has no answer. */
  readonly failure: string | undefined;
}

export interface Question {
  readonly model: string;
  readonly text: string;
  readonly stream: boolean;
  readonly commit: CommitMode;
  readonly maxTokens: number;
}

/** Asks once, and notes what a client would notice. Never rejects. */
export async function ask(client: Anthropic, { model, text, stream, commit, maxTokens }: Question): Promise<Sample> {
  const at = Date.now();
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const body = { model, max_tokens: maxTokens, messages: [{ role: 'user' as const, content: text }] };
  const options = { headers: { [STEERING_HEADERS.commit]: commit } };
  let headers = new Headers();
  let firstMs: number | undefined;
  let failure: string | undefined;
  try {
    if (stream) {
      const { data, response } = await client.messages.create({ ...body, stream }, options).withResponse();
      headers = response.headers;
      let isWhole = false;
      for await (const event of data) {
        if (event.type === 'content_block_delta') firstMs ??= elapsed();
        isWhole ||= event.type === 'message_stop';
      }
      if (!isWhole) failure = 'the stream ended early';
    } else {
      const { data, response } = await client.messages.create(body, options).withResponse();
      headers = response.headers;
      if (data.content.length === 0) failure = 'the answer is empty';
    }
  } catch (error) {
    if (error instanceof APIError) headers = error.headers ?? headers;
    failure = describe(error);
  }
  const totalMs = elapsed();
  return {
    at,
    stream,
    host: headers.get(RESPONSE_HEADERS.host) ?? undefined,
    attempts: Number(headers.get(RESPONSE_HEADERS.attempts) ?? 0),
    trace: headers.get(RESPONSE_HEADERS.trace) ?? '',
    firstMs: firstMs ?? totalMs,
    totalMs,
    failure,
  };
}

function describe(error: unknown): string {
  if (error instanceof APIError) return [error.status, error.type ?? error.name].filter(Boolean).join(' ');
  return error instanceof Error ? error.message : String(error);
}
