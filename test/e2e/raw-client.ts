import { receive, type Received } from '../local/hosts/caller';
import { GATEWAY_KEY, MODEL, type TestGateway } from './harness';

export const BODY = { model: MODEL, max_tokens: 1024, messages: [{ role: 'user', content: 'Hello' }] };
export const STREAMED = { ...BODY, stream: true };
const HEADERS = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };

interface RawAnswer extends Received {
  /** The body, where it is JSON. */
  readonly json: unknown;
  readonly events: readonly RawEvent[];
}
export interface RawEvent {
  readonly event: string;
  readonly data: { readonly type: string; readonly [field: string]: unknown };
}

interface Init {
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly signal?: AbortSignal;
}

/** `POST /v1/messages`, without any client's own ideas of an answer. */
export function post(gateway: TestGateway, body: object | string | Uint8Array, init: Init = {}): Promise<RawAnswer> {
  return call(gateway, {
    method: 'POST',
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    ...init,
  });
}

export async function call(
  gateway: TestGateway,
  { path = '/v1/messages', headers, ...init }: Init & { readonly method: string; readonly body?: string | Uint8Array },
): Promise<RawAnswer> {
  const { body, ...rest } = init;
  const response = await fetch(gateway.url + path, {
    ...rest,
    headers: { ...HEADERS, ...(headers?.['authorization'] === undefined && { 'x-api-key': GATEWAY_KEY }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : Buffer.from(body) }),
  });
  const received = await receive(response);
  const isStream = received.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return {
    ...received,
    json: isStream || received.text === '' ? undefined : JSON.parse(received.text),
    events: isStream ? eventsOf(received.text) : [],
  };
}

/** Strict: every event has both of its lines and ends, else it throws. */
function eventsOf(text: string): RawEvent[] {
  if (!text.endsWith('\n\n')) throw new Error(`the stream ends inside an event: …${text.slice(-80)}`);
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((block) => {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (event === undefined || data === undefined) throw new Error(`not an event: ${block}`);
      return { event, data: JSON.parse(data) as RawEvent['data'] };
    });
}

/** The answer's text, from a message or a stream. */
export function textOf({ json, events }: RawAnswer): string {
  const blocks = (json as { content?: { text?: string }[] } | undefined)?.content ?? [];
  const deltas = events.map(({ data }) => (data['delta'] as { text?: string } | undefined)?.text ?? '');
  return [...blocks.map(({ text = '' }) => text), ...deltas].join('');
}

/** A complete stream in Anthropic's order of events. */
export function expectCompleteStream({ status, events, broken }: RawAnswer): void {
  const types = events.map(({ event }) => event).filter((type) => type !== 'ping');
  expect({ status, broken }).toEqual({ status: 200, broken: false });
  expect(types[0]).toBe('message_start');
  expect(types.slice(-2)).toEqual(['message_delta', 'message_stop']);
  expect(types).not.toContain('error');
}

export function failoverHeaders({ headers }: Received) {
  const read = (name: string) => headers.get(`x-failover-${name}`);
  return { host: read('host'), attempts: read('attempts'), trace: read('trace') };
}
