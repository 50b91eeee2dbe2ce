import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Headers } from '../engine/headers';
import { errorText } from '../runtime/error-text';
import type { Env } from '../runtime/require-env';
import { systemClock } from '../runtime/system-clock';
import { awsCredentialSource } from './aws-credentials';
import { createSigner } from './sigv4';

/** Endpoint prefix, which is the name to sign for as well, and what AWS calls the service in variables that move its endpoint. */
const SERVICES = {
  apigateway: 'API_GATEWAY',
  bedrock: 'BEDROCK',
  'bedrock-runtime': 'BEDROCK_RUNTIME',
  codedeploy: 'CODEDEPLOY',
  dynamodb: 'DYNAMODB',
  firehose: 'FIREHOSE',
  kms: 'KMS',
  lambda: 'LAMBDA',
  logs: 'CLOUDWATCH_LOGS',
  monitoring: 'CLOUDWATCH',
  s3: 'S3',
  scheduler: 'SCHEDULER',
  secretsmanager: 'SECRETS_MANAGER',
  servicequotas: 'SERVICE_QUOTAS',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
} as const;
export type AwsService = keyof typeof SERVICES;
/** Where that is not the prefix. */
const SIGNED_AS: Readonly<Partial<Record<AwsService, string>>> = { 'bedrock-runtime': 'bedrock' };

export interface AwsCall {
  readonly service: AwsService;
  readonly region: string;
  /** @default 'POST' */
  readonly method?: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** With its query. @default '/' */
  readonly path?: string;
  /** @default - none */
  readonly headers?: Headers;
  /** @default - none */
  readonly body?: string | Uint8Array;
  /** Ends the call with all its retries. */
  readonly signal?: AbortSignal | undefined;
}

/** A call that AWS refused, or that never reached it: then without a status, and what went wrong is the cause. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';

  constructor(
    message: string,
    readonly status: number | undefined,
    options?: ErrorOptions,
    /** Name of the exception, where a header has it. */
    readonly exception?: string,
  ) {
    super(message, options);
  }
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;

/** The body of the answer to one signed call. Beside the few that are made here, an SDK client a service would be nearly all of a bundle. */
export async function callAws(call: AwsCall, env: Env, wait = pause): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    const { body, error, isPassing } = await tryOnce(call, env);
    if (error === undefined) return body;
    // What is refused once is refused again; only what passes by itself is worth a wait.
    if (!isPassing || attempt === ATTEMPTS || call.signal?.aborted) throw error;
    // Drawn evenly, so that environments that were throttled together do not come back together.
    await wait(Math.random() * FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}

type Tried =
  | { readonly body: Buffer; readonly error?: undefined; readonly isPassing?: undefined }
  | { readonly body?: undefined; readonly error: AwsCallError; readonly isPassing: boolean };

async function tryOnce(call: AwsCall, env: Env): Promise<Tried> {
  const { service, region, signal } = call;
  let reply: RawReply;
  try {
    reply = await send(call, env);
  } catch (error) {
    const cause: unknown = signal?.aborted ? signal.reason : error;
    const text = `${service} in ${region} cannot be called: ${errorText(cause)}`;
    return { error: new AwsCallError(text, undefined, { cause }), isPassing: true };
  }
  const { status, body, exception } = reply;
  if (status >= 200 && status < 300) return { body };
  // AWS's own words, which repeat names and no values.
  const text = body.toString().slice(0, 500);
  return {
    error: new AwsCallError(`${service} answered ${status}: ${text}`, status, undefined, exception),
    isPassing: status === 429 || status >= 500 || /throttl|ThroughputExceeded/i.test(text),
  };
}

interface RawReply {
  readonly status: number;
  readonly body: Buffer;
  readonly exception: string | undefined;
}

/** Signed anew each time: a retry may come after the credentials have changed. */
async function send(call: AwsCall, env: Env): Promise<RawReply> {
  const { service, region, method = 'POST', path = '/', headers = {}, body } = call;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const moved = env[`AWS_ENDPOINT_URL_${SERVICES[service]}`] || env['AWS_ENDPOINT_URL'];
  const url = new URL(path, moved || `https://${service}.${region}.${suffix}`);
  const sign = createSigner(SIGNED_AS[service] ?? service, region, awsCredentialSource(env), systemClock);
  const request = { method, path: url.pathname + url.search, headers, body };
  const signed = await sign(request, { url, basePath: '' });
  return exchange(url, method, signed.headers, body, call.signal);
}

/** Not `fetch`, which would load an HTTP client of its own, and that in the middle of a router's cold start. */
function exchange(
  url: URL,
  method: string,
  headers: Headers,
  body: string | Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const outgoing = request(url, { method, headers, ...(signal && { signal }) }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      // With an address behind it.
      const exception = incoming.headers['x-amzn-errortype']?.toString().split(':')[0];
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts), exception }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
