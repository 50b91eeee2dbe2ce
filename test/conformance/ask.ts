import { request, type IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../lambda/engine/time/clock';
import { isRecord, type Json } from '../../local/json';
import type { WallRequest } from './cases/wall-case';
import type { SubjectTarget } from './subjects/subject';

export const PROMPT = 'sim:events=60';

export interface SeenEvent {
  readonly event: string;
  /** Undefined where it is not JSON. */
  readonly data: Json | undefined;
  /** On the real clock. */
  readonly atMs: number;
}

/** What a careful client sees of one request. Times count from its start, in the gateway's milliseconds. */
export interface Seen {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly events: readonly SeenEvent[];
  /** The connection broke, or none came about. */
  readonly broken: boolean;
  /** Given up: neither answer nor error. */
  readonly hung: boolean;
  readonly firstByteMs: number | undefined;
  readonly elapsedMs: number;
}

export function bodyOf(ask: WallRequest, target: SubjectTarget, prompt: string): Record<string, unknown> {
  const messages = [{ role: 'user', content: prompt }];
  return {
    model: target.model,
    max_tokens: 1024,
    ...(ask.path === undefined && { stream: true }),
    messages,
    ...target.body,
    ...ask.body,
    ...(ask.only && target.only?.body),
  };
}

interface Limits {
  readonly clock: Clock;
  readonly hangsAfterMs: number;
  /** Aborted when the client goes away. */
  readonly leaving?: AbortSignal;
  readonly prompt?: string;
}

/** One request, read to its end. Never rejects. */
export function ask(
  ask: WallRequest,
  target: SubjectTarget,
  { clock, hangsAfterMs, leaving, prompt = PROMPT }: Limits,
): Promise<Seen> {
  return new Promise((resolve) => {
    const body = Buffer.from(JSON.stringify(bodyOf(ask, target, prompt)));
    const started = clock.now();
    const since = () => clock.now() - started;
    const reader = new EventReader();
    let status: number | undefined;
    let headers: Record<string, string> = {};
    let firstByteMs: number | undefined;
    let isOver = false;
    const end = (how: 'ended' | 'broken' | 'hung') => {
      if (isOver) return;
      isOver = true;
      timer.cancel();
      outgoing.destroy();
      const { text, events } = reader;
      resolve({
        status,
        headers,
        text,
        events,
        broken: how === 'broken',
        hung: how === 'hung',
        firstByteMs,
        elapsedMs: since(),
      });
    };
    const own = {
      'content-type': 'application/json',
      'content-length': String(body.length),
      'anthropic-version': '2023-06-01',
    };
    const outgoing = request(
      new URL((ask.path ?? '/v1/messages').replace(/^\//, ''), `${target.url.replace(/\/$/, '')}/`),
      {
        method: 'POST',
        agent: false,
        headers: { ...own, ...target.headers, ...ask.headers, ...(ask.only && target.only?.headers) },
        ...(leaving && { signal: leaving }),
      },
      (answer) => {
        status = answer.statusCode;
        headers = flat(answer.headers);
        answer.on('data', (chunk: Buffer) => {
          firstByteMs ??= since();
          reader.push(chunk);
        });
        answer.on('end', () => end(answer.complete ? 'ended' : 'broken'));
        answer.on('error', () => end('broken'));
        answer.on('close', () => end('broken'));
      },
    );
    const timer = clock.timer(hangsAfterMs, () => end('hung'));
    outgoing.on('error', () => end('broken'));
    outgoing.end(body);
  });
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

class EventReader {
  readonly events: SeenEvent[] = [];
  text = '';
  #read = 0;
  readonly #decoder = new TextDecoder();

  push(chunk: Buffer): void {
    this.text += this.#decoder.decode(chunk, { stream: true });
    for (;;) {
      const [end] = /\r?\n\r?\n/.exec(this.text.slice(this.#read)) ?? [];
      if (end === undefined) return;
      const at = this.text.indexOf(end, this.#read);
      this.#take(this.text.slice(this.#read, at));
      this.#read = at + end.length;
    }
  }

  #take(block: string): void {
    const lines = block.split(/\r?\n/);
    const field = (name: string) =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).trim())
        .join('\n');
    const data = field('data');
    if (data === '') return;
    const json = parsed(data);
    this.events.push({ event: field('event') || String(json?.['type'] ?? ''), data: json, atMs: performance.now() });
  }
}

export function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
