import type { AnswerSource, Reading } from './answer';
import type { Failure, Reason } from './failure/failure';
import type { Owner } from './failure/verdict';
import type { BodyFields } from './host';
import type { Headers } from './headers';

/** An error as the client gets it. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A failure with the word of the table for it, and who had it. */
export interface HostFailure {
  /** Undefined where time ran out before there was one. */
  readonly host: string | undefined;
  readonly failure: Failure;
  readonly reason: Reason;
  readonly owner: Owner;
  /** The feature of the request that the host was not known to serve. */
  readonly lacks?: string;
}

/** The wire a client speaks to us: how its request is read, its answer given, its errors and its waiting told. */
export interface Dialect {
  /** Throws `InvalidRequest`, in the wire's own words. */
  parse(bytes: Uint8Array): BodyFields;
  /** Reads an opened answer up to the point from which it belongs to the client. */
  answer(source: AnswerSource): Promise<Reading>;
  /** An error of the gateway itself. */
  error(status: number, message: string, requestId: string): ErrorResponse;
  /** What a failed request is told. */
  failure(fault: HostFailure, requestId: string): ErrorResponse;
  /** The same error, as the last event of a stream whose status is already out. */
  errorEvent(response: ErrorResponse): Uint8Array;
  /** The words by which clients learn to do without a feature and ask again; undefined where none do. */
  plea(feature: string): string | undefined;
  /** Keeps a client that waits from giving up. */
  readonly ping: Uint8Array;
}

/** A request body that cannot be used. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}
