import Anthropic from '@anthropic-ai/sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_HEADERS, STEERING_HEADERS } from '../../../lib/contract';
import type { PlannedRequest } from './schedule';

export interface LoadTarget {
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

/** What a client got for one request. Times are milliseconds after the start of the play. */
export interface PlayedRequest {
  readonly number: number;
  readonly stream: boolean;
  readonly start: number;
  readonly firstContent: number;
  readonly end: number;
  /** The host's id of the answer. */
  readonly requestId: string | null;
  readonly host: string | null;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What was wrong with it. */
  readonly failure?: string;
}

const MAX_TOKENS = 4096;
/** Longer than any answer of the play, with a failover before it. */
const PATIENCE_MS = 60_000;

/** Sends each request at its time, whatever became of those before it. */
export async function play(
  target: LoadTarget,
  planned: readonly PlannedRequest[],
  now: () => number,
): Promise<PlayedRequest[]> {
  // A client that tries again would hide what the gateway owes it.
  const client = new Anthropic({
    baseURL: target.url,
    apiKey: target.key,
    maxRetries: 0,
    timeout: PATIENCE_MS,
    logLevel: 'off',
    // The default of a gateway, whatever the one under test has.
    defaultHeaders: { [STEERING_HEADERS.budget]: 'interactive' },
  });
  return Promise.all(
    planned.map(async (request) => {
      await sleep(Math.max(0, request.at - now()));
      return ask(client, target.model, request, now);
    }),
  );
}

async function ask(
  client: Anthropic,
  model: string,
  request: PlannedRequest,
  now: () => number,
): Promise<PlayedRequest> {
  const { number, stream, prompt, answerBytes } = request;
  const start = now();
  const body = { model, max_tokens: MAX_TOKENS, messages: [{ role: 'user' as const, content: prompt }] };
  try {
    const { text, usage, firstContent, response } = stream
      ? await askForStream(client, body, now)
      : await askForMessage(client, body, now);
    const header = (name: string): string | null => response.headers.get(name);
    return {
      number,
      stream,
      start,
      firstContent,
      end: now(),
      requestId: header('request-id'),
      host: header(RESPONSE_HEADERS.host),
      attempts: Number(header(RESPONSE_HEADERS.attempts)),
      ...usage,
      ...(text.length !== answerBytes && { failure: `${text.length} bytes of ${answerBytes} came` }),
    };
  } catch (error) {
    const end = now();
    const nothing = { requestId: null, host: null, attempts: 0, inputTokens: 0, outputTokens: 0 };
    return { number, stream, start, firstContent: end, end, ...nothing, failure: String(error) };
  }
}

type Body = Anthropic.MessageCreateParamsNonStreaming;

async function askForMessage(client: Anthropic, body: Body, now: () => number) {
  const { data, response } = await client.messages.create(body).withResponse();
  return {
    text: data.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    usage: { inputTokens: data.usage.input_tokens, outputTokens: data.usage.output_tokens },
    firstContent: now(),
    response,
  };
}

async function askForStream(client: Anthropic, body: Body, now: () => number) {
  const { data, response } = await client.messages.create({ ...body, stream: true }).withResponse();
  let text = '';
  let firstContent: number | undefined;
  let usage = { inputTokens: NaN, outputTokens: NaN };
  let isWhole = false;
  for await (const event of data) {
    if (event.type === 'message_start') usage = { ...usage, inputTokens: event.message.usage.input_tokens };
    if (event.type === 'message_delta') usage = { ...usage, outputTokens: event.usage.output_tokens };
    if (event.type === 'message_stop') isWhole = true;
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      firstContent ??= now();
      text += event.delta.text;
    }
  }
  if (!isWhole) throw new Error('the stream ended without message_stop');
  return { text, usage, firstContent: firstContent ?? now(), response };
}
