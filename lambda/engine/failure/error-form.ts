import type { Headers } from '../headers';
import type { JsonObject } from '../json';
import type { ErrorFacts } from './failure';
import type { Row } from './verdict';

/** How one vendor writes its errors. */
export interface ErrorForm {
  /** The HTTP status the vendor models for an error's type; inside a 200 stream the type is all there is. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Undefined where the error is not written in this form. */
  read(data: JsonObject, headers: Headers): ErrorFacts | undefined;
}

/** How a host's errors are read and judged. */
export interface HostErrors {
  readonly table: readonly Row[];
  /** An error answer; what no vendor writes (HTML of a proxy, nothing at all) is `unknown`. */
  readAnswer(status: number, headers: Headers, body: Uint8Array): ErrorFacts;
  /** The data of an error event inside a 200 stream, with the status its type stands for. */
  readEvent(data: unknown): { readonly facts: ErrorFacts; readonly status: number };
}
