import type { Headers } from '../engine/headers';

interface ErrorFacts {
  /** By which SDKs know the error more closely. @default - none */
  readonly details?: { readonly error_code: string };
  /** For the log: whose policy, and what of it. @default - no policy has been held against it */
  readonly denial?: { readonly client: string; readonly rule: string };
}

/** An answer of the router's own: wrong input, no permission, no such path. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Headers = {},
    /** Anthropic's name for the error. @default - by the status */
    readonly type?: string,
    readonly more: ErrorFacts = {},
  ) {
    super(message);
  }
}

export const bodyTooLarge = (limit: number): GatewayError =>
  new GatewayError(413, `the request body is larger than ${limit} bytes`);
