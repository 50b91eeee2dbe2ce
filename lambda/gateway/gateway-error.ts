import type { Headers } from '../engine/headers';

/** An answer of the router's own: wrong input, no permission, no such path. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Headers = {},
    /** Anthropic's name for the error. @default - by the status */
    readonly type?: string,
    /** By which SDKs know the error more closely. @default - none */
    readonly details?: { readonly error_code: string },
  ) {
    super(message);
  }
}

export const bodyTooLarge = (limit: number): GatewayError =>
  new GatewayError(413, `the request body is larger than ${limit} bytes`);
