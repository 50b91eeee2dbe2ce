import Anthropic from '@anthropic-ai/sdk';
import { fromChatStream } from '../../../lambda/wire/openai/from-chat-stream';
import { MessageAssembler } from '../../../lambda/wire/anthropic/answer/assemble-message';
import { SseDecoder, type SseEvent } from '../../../lambda/wire/sse-events';

export const ASKED = { model: 'gpt-5.4-mini', inputTokensEstimate: 321, thinking: true, stopSequences: ['THREE'] };
const utf8 = new TextEncoder();
export const bytes = (text: string): Uint8Array => utf8.encode(text);

export async function* each(chunks: readonly Uint8Array[], error?: Error): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (error !== undefined) throw error;
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** The events that a client gets, without pings. */
export async function translated(sse: string | readonly Uint8Array[], asked = ASKED): Promise<SseEvent[]> {
  const chunks = await collect(fromChatStream(each(typeof sse === 'string' ? [bytes(sse)] : sse), asked));
  return eventsOf(chunks);
}

export function eventsOf(chunks: readonly Uint8Array[]): SseEvent[] {
  const decoder = new SseDecoder();
  return chunks.flatMap((chunk) => decoder.push(chunk)).filter(({ event }) => event !== 'ping');
}

/** The Message as the router assembles it for a client that does not stream. */
export function assembled(events: readonly SseEvent[]): Record<string, unknown> {
  const assembler = new MessageAssembler();
  for (const event of events) assembler.push(event);
  assembler.end();
  return assembler.message();
}

/** The Message as Anthropic's own SDK accumulates it, which checks the order of events. */
export async function accumulated(events: readonly SseEvent[]): Promise<Anthropic.Message> {
  const body = events.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join('');
  const client = new Anthropic({
    apiKey: 'test',
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  });
  return client.messages
    .stream({ model: 'claude-sonnet-5-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] })
    .finalMessage();
}

/** Without ids and signatures, which are made up. */
export function plain(content: unknown): unknown {
  return (content as readonly Record<string, unknown>[]).map(({ id: _id, signature: _signature, ...rest }) => rest);
}
