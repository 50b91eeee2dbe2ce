/** Exceptions of Bedrock's event stream: the status each is modelled with, and Anthropic's type that means the same. */
const EXCEPTIONS: Readonly<Record<string, { readonly status: number; readonly type: string }>> = {
  InternalServerException: { status: 500, type: 'api_error' },
  ModelStreamErrorException: { status: 424, type: 'api_error' },
  ModelTimeoutException: { status: 408, type: 'timeout_error' },
  ServiceUnavailableException: { status: 503, type: 'overloaded_error' },
  ThrottlingException: { status: 429, type: 'rate_limit_error' },
  ValidationException: { status: 400, type: 'invalid_request_error' },
};

export interface BedrockException {
  readonly name: string;
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** The exception frame behind what the SDK threw, or undefined when it was the connection. */
export function bedrockException(error: unknown): BedrockException | undefined {
  if (!(error instanceof Error)) return undefined;
  // Frames without a model keep the wire's spelling, `throttlingException`.
  const name = error.name.charAt(0).toUpperCase() + error.name.slice(1);
  const exception = Object.hasOwn(EXCEPTIONS, name) ? EXCEPTIONS[name] : undefined;
  return exception && { ...exception, name, message: error.message };
}
