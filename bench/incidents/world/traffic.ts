import type { Body } from '../../../lambda/engine/host';
import { seeded } from '../../scale/simulation/random';
import { TRACE } from '../../trace/trace';
import { draw, lognormal } from './draw';

export const PER_SECOND = 24;
export const CLIENTS = 50;
export const CONVERSATIONS = 2000;
/** Coprime to their number: every conversation has its turn once in 83 seconds, which keeps a prompt cache alive. */
const STRIDE = 739;
/** Milliseconds. With the answers of the trace, 24 requests a second are 64 at a time. */
const FIRST_TOKEN_MS = 1000;
export const TOKEN_MS = 8;

/** One turn of a conversation: what it asks for follows from its number. */
export interface Turn {
  readonly number: number;
  readonly conversation: number;
  readonly client: number;
  readonly input: number;
  readonly output: number;
  readonly firstTokenMs: number;
}

const chat = TRACE.services[0]!.sample;

export function turn(number: number, seed: number): Turn {
  const conversation = (number * STRIDE) % CONVERSATIONS;
  const { context, generated } = chat[Math.floor(draw(seed, number, 1) * chat.length)]!;
  return {
    number,
    conversation,
    client: conversation % CLIENTS,
    input: context,
    output: generated,
    firstTokenMs: FIRST_TOKEN_MS * lognormal(0.3, draw(seed, number, 2), draw(seed, number, 3)),
  };
}

/** Milliseconds from one arrival to the next: many people who know nothing of each other. */
export function gaps(seed: number): () => number {
  const random = seeded(seed);
  return () => (-Math.log(1 - random()) * 1000) / PER_SECOND;
}

export const MODEL = 'claude-sonnet-5-5';

/** The body as an SDK sends it; its turn stands in it for the scripted hosts. */
export function turnBody({ number, conversation }: Turn, more: object = {}): Uint8Array {
  const messages = [{ role: 'user', content: `turn ${number}.` }];
  const metadata = { user_id: `conversation-${conversation}` };
  return Buffer.from(JSON.stringify({ model: MODEL, max_tokens: 4096, stream: true, metadata, messages, ...more }));
}

/** Undefined for a request that is no turn. Bedrock's count of tokens has the body inside of its own. */
export function turnNumber(body: Uint8Array): number | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const at = text.indexOf('"turn ');
  if (at >= 0) return Number.parseInt(text.toString('latin1', at + 6, at + 16), 10);
  const inner = /"body":"([^"]+)"/.exec(text.toString('latin1'))?.[1];
  return inner === undefined ? undefined : turnNumber(Buffer.from(inner, 'base64'));
}

/** The text of a request's body; those of this traffic are never streamed. */
export const textOf = (body: Body): string => (body instanceof Uint8Array ? Buffer.from(body).toString() : '');
