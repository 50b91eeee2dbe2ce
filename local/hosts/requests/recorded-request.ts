import type { IncomingMessage } from 'node:http';
import { isRecord, type Json } from '../../json';

/** A request as it arrived, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly when: number;
  /** The client went away before the answer was complete. */
  aborted: boolean;
  /** Bytes of the answer's body handed to the connection so far. */
  sent: number;
}

/** What the wires look at: the recorded request, taken apart once. */
export interface SimRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: RecordedRequest['headers'];
  readonly body: Buffer;
  /** Undefined when the body is not a JSON object. */
  readonly json: Json | undefined;
}

export async function readRequest(message: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers))
    headers[name] = Array.isArray(value) ? value.join(',') : (value ?? '');
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers,
    body: Buffer.concat(chunks),
    when: Date.now(),
    aborted: false,
    sent: 0,
  };
}

function parse(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function takeApart({ method, path, headers, body }: RecordedRequest): SimRequest {
  const [bare = '', query] = path.split('?', 2);
  return { method, path: bare, query: new URLSearchParams(query), headers, body, json: parse(body) };
}

export function credentialOf({ headers }: SimRequest): string | undefined {
  return headers['x-api-key'] ?? /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
}

export function betasOf({ headers, json }: SimRequest): readonly string[] {
  const inBody = json?.['anthropic_beta'];
  const inHeader = (headers['anthropic-beta'] ?? '').split(',').map((beta) => beta.trim());
  return [...inHeader, ...(Array.isArray(inBody) ? inBody.map(String) : [])].filter(Boolean);
}

/** The model's id as this host's wire carries it. */
export function modelOf({ path, json }: SimRequest): string {
  const inPath = /\/model\/([^/]+)\//.exec(path)?.[1] ?? /\/publishers\/anthropic\/models\/([^/:]+):/.exec(path)?.[1];
  return String(json?.['model'] ?? decode(inPath ?? ''));
}

/** A path with a broken escape is nobody's model. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
