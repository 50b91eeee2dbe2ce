import type { Headers } from '../../engine/headers';
import { HostError, type Body, type HostAnswer } from '../../engine/host';
import { errorText } from '../../runtime/error-text';

export type WireAnswer = Omit<HostAnswer, 'dropped'>;

/** A request as it goes out. */
export interface WireRequest {
  readonly method: string;
  /** With the base URL's own. */
  readonly path: string;
  /** Name, value, name, value, with the `host`: such a list is written as it is. */
  readonly headers: readonly string[];
  readonly body: Body;
}

/** Settles whatever the host does: an answer, an error, an end without either, or the signal. */
export type Exchange = (request: WireRequest, signal: AbortSignal) => Promise<WireAnswer>;

/** Speaks HTTP, over connections that are used again. */
export interface HttpClient {
  to(url: URL): Exchange;
  /** Gives up every connection that is its own. */
  close?(): void;
}

export function wireHeaders(headers: Headers, host: string, { length }: Body): string[] {
  const sent = ['host', host, 'accept-encoding', 'identity'];
  if (length !== undefined && length > 0) sent.push('content-length', String(length));
  for (const name in headers) if (name !== 'host') sent.push(name, headers[name] ?? '');
  return sent;
}

export function aborted(origin: string, signal: AbortSignal): HostError {
  return new HostError('connection', `the request to ${origin} was aborted`, { cause: signal.reason });
}

/** A change of protocol, or no status at all. */
export function noAnswer(origin: string, status: number): HostError {
  return new HostError('connection', `${origin} answered with ${status}`);
}

export function connectionError(error: unknown, origin: string): HostError {
  if (error instanceof HostError) return error;
  const reason = error === undefined ? 'closed before the answer was complete' : errorText(error);
  return new HostError('connection', `connection to ${origin}: ${reason}`, { cause: error });
}
