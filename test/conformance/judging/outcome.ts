import { isRecord, type Json } from '../../../local/json';
import { answer } from '../../../local/hosts/answers/answers';
import { bodyOf, parsed, PROMPT, type Seen } from '../ask';
import type { SubjectTarget } from '../subjects/subject';
import type { WallRequest } from '../cases/wall-case';
import { MODEL } from '../world';

/** `truncated`: taken for an answer by a client, and not all of it. */
export type ClientOutcome = 'answer' | 'error' | 'truncated' | 'hang' | 'left';

export interface Judged {
  readonly outcome: ClientOutcome;
  readonly why: string;
}

const judged = (outcome: ClientOutcome, why: string): Judged => ({ outcome, why });

/** What an official SDK makes of the same bytes. */
export function judge(seen: Seen, ask: WallRequest, target: SubjectTarget): Judged {
  if (seen.hung) return judged('hang', `nothing final after ${(seen.elapsedMs / 1000).toFixed(1)} s`);
  if (seen.status === undefined) return judged('error', 'the connection broke before any answer');
  if (seen.status !== 200) return judged('error', `HTTP ${seen.status}: ${errorText(parsed(seen.text))}`);
  if (ask.path !== undefined) return judgeCount(seen);
  return bodyOf(ask, target, PROMPT)['stream'] === true ? judgeStream(seen, ask) : judgeMessage(seen, ask);
}

function judgeCount({ text }: Seen): Judged {
  const counted = typeof parsed(text)?.['input_tokens'] === 'number';
  return counted ? judged('answer', 'counted') : judged('error', `200, but ${text.slice(0, 80)}`);
}

function judgeMessage({ text, broken }: Seen, ask: WallRequest): Judged {
  const message = parsed(text);
  if (broken || message?.['type'] !== 'message') return judged('error', `200, but ${text.slice(0, 80)}`);
  return textIn(message['content']) === expectedText(ask)
    ? judged('answer', 'complete')
    : judged('truncated', 'a message that is not all of the answer');
}

function judgeStream(seen: Seen, ask: WallRequest): Judged {
  const { events, broken } = seen;
  const error = events.find(({ event, data }) => event === 'error' || data?.['type'] === 'error');
  if (error) return judged('error', `error event: ${errorText(error.data)}`);
  if (events.some(({ data }) => data === undefined)) return judged('error', 'an event that is not JSON');
  const ended = events.some(({ event }) => event === 'message_stop');
  if (broken && !ended) return judged('error', 'the connection broke inside the stream');
  if (events.length === 0) return judged('error', 'a stream without events');
  const stopped = ended || events.some(({ data }) => record(data?.['delta'])['stop_reason'] != null);
  if (!stopped) return judged('truncated', 'ends as if complete, without message_stop');
  return streamedText(seen) === expectedText(ask)
    ? judged('answer', 'complete')
    : judged('truncated', 'a stream that is not all of the answer');
}

export function streamedText({ events }: Seen): string {
  return events.map(({ data }) => String(record(data?.['delta'])['text'] ?? '')).join('');
}

export function expectedText(ask: WallRequest): string {
  const body = bodyOf(ask, { url: '', headers: {}, model: MODEL }, PROMPT);
  return textIn(answer(body, 'anthropic', MODEL).message.content);
}

function textIn(content: unknown): string {
  return Array.isArray(content) ? content.map((block) => String(record(block)['text'] ?? '')).join('') : '';
}

export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** Anthropic's `error`, wherever it came. */
export function errorOf(seen: Seen): Json {
  const event = seen.events.find(({ data }) => data?.['type'] === 'error');
  return record((event?.data ?? parsed(seen.text))?.['error']);
}

function errorText(body: Json | undefined): string {
  const { type, message } = record(body?.['error']);
  return `${String(type ?? 'no error type')}: ${String(message ?? '').slice(0, 120)}`;
}
