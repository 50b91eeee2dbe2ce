/** One error of one vendor's layer, as data. `{model}`, `{field}` and `{beta}` in the message are filled in. */
export interface ErrorSpec {
  readonly layer: 'anthropic' | 'aws' | 'google' | 'azure' | 'openai' | 'html';
  readonly status: number;
  /** Anthropic's and OpenAI's `error.type`, AWS's exception name, Google's `status`, Azure's `code`. */
  readonly type: string;
  readonly message: string;
  /** Anthropic's `error.details.error_code`, OpenAI's `error.code`, the reason in Google's `error.details`. */
  readonly code?: string;
  /** Seconds; 0 is not said. */
  readonly retryAfter?: number;
}

type Extra = Pick<ErrorSpec, 'code' | 'retryAfter'>;
const of =
  (layer: ErrorSpec['layer']) =>
  (status: number, type: string, message: string, extra?: Extra): ErrorSpec => ({
    layer,
    status,
    type,
    message,
    ...extra,
  });

export const anthropic = of('anthropic');
export const aws = of('aws');
export const google = of('google');
export const azure = of('azure');
export const openai = of('openai');

export interface RenderedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Rendering {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const errorInfo = (reason: string) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
});

const RETRYABLE = new Set([408, 409, 429, 500, 503, 504, 529]);

const LAYERS: Record<
  Exclude<ErrorSpec['layer'], 'html'>,
  (spec: ErrorSpec, message: string, requestId: string) => Rendering
> = {
  anthropic: ({ status, type, code }, message, requestId) => ({
    headers: { 'x-should-retry': String(RETRYABLE.has(status)) },
    body: {
      type: 'error',
      error: { type, message, ...(code && { details: { error_code: code } }) },
      request_id: requestId,
    },
  }),
  aws: ({ type }, message) => ({
    headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
    body: { message },
  }),
  google: ({ status, type, code }, message) => ({
    headers: {},
    body: { error: { code: status, message, status: type, ...(code && { details: [errorInfo(code)] }) } },
  }),
  openai: ({ type, code }, message) => ({
    headers: {},
    body: { error: { message, type, param: null, code: code ?? null } },
  }),
  azure: ({ type }, message) => ({ headers: {}, body: { error: { code: type, message } } }),
};

export function messageOf(spec: ErrorSpec, values: Readonly<Record<string, string>>): string {
  return spec.message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Google wraps the errors of streaming calls in an array. */
export function renderError(
  spec: ErrorSpec,
  values: Readonly<Record<string, string>>,
  requestId: string,
  googleStream: boolean,
): RenderedError {
  const message = messageOf(spec, values);
  const retryAfter = !spec.retryAfter ? undefined : { 'retry-after': String(spec.retryAfter) };
  if (spec.layer === 'html') {
    return { status: spec.status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: message };
  }
  const { headers, body } = LAYERS[spec.layer](spec, message, requestId);
  return {
    status: spec.status,
    headers: { 'content-type': 'application/json', ...headers, ...retryAfter },
    body: JSON.stringify(spec.layer === 'google' && googleStream ? [body] : body),
  };
}
