import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorText } from '../runtime/error-text';
import { signRequest } from './sign-request';

export interface AwsPost {
  /** Endpoint prefix, which is the name to sign for as well. */
  readonly service:
    'codedeploy' | 'dynamodb' | 'lambda' | 'monitoring' | 'secretsmanager' | 'servicequotas' | 'sns' | 'ssm';
  readonly region: string;
  /** @default - that of all services in the environment, else AWS's own */
  readonly endpoint?: string | undefined;
  /** @default '/' */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the call with all its retries. */
  readonly signal?: AbortSignal | undefined;
}
export type Env = Readonly<Record<string, string | undefined>>;

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;

/** The body of the answer to one signed call. Beside the few that are made here, an SDK client a service would be nearly all of a bundle. */
export async function postAws(post: AwsPost, env: Env, wait = pause): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(post, env);
    if ('body' in outcome) return outcome.body;
    if (!outcome.isPassing || attempt === ATTEMPTS || post.signal?.aborted) throw new Error(outcome.problem);
    await wait(Math.random() * FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}
type Outcome = { readonly body: Buffer } | { readonly problem: string; readonly isPassing: boolean };

async function tryOnce(post: AwsPost, env: Env): Promise<Outcome> {
  let answer: Answer;
  try {
    answer = await send(post, env);
  } catch (error) {
    const reason: unknown = post.signal?.aborted ? post.signal.reason : error;
    return { problem: `${post.service} in ${post.region} cannot be called: ${errorText(reason)}`, isPassing: true };
  }
  const { status, body } = answer;
  if (status >= 200 && status < 300) return { body };
  // AWS's own words, which repeat names and no values.
  const text = body.toString().slice(0, 500);
  const isPassing = status === 429 || status >= 500 || /throttl|ThroughputExceeded/i.test(text);
  return { problem: `${post.service} answered ${status}: ${text}`, isPassing };
}

async function send(post: AwsPost, env: Env): Promise<Answer> {
  const { service, region, path = '/', headers, body } = post;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const endpoint = post.endpoint ?? env['AWS_ENDPOINT_URL'] ?? `https://${service}.${region}.${suffix}`;
  const url = new URL(path, endpoint);
  const signed = await signRequest({ service, region, method: 'POST', url, headers, body }, env);
  return exchange(url, signed, body, post.signal);
}

/** Not `fetch`, which would load an HTTP client of its own, and that in the middle of a router's cold start. */
function exchange(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const outgoing = request(url, { method: 'POST', headers, ...(signal && { signal }) }, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts) }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A service of the JSON protocol: SSM, Secrets Manager, CodeDeploy, CloudWatch. */
export async function postAwsJson(
  service: AwsPost['service'],
  region: string,
  target: string,
  body: object,
  env: Env,
): Promise<unknown> {
  const headers = {
    'content-type': `application/x-amz-json-${service === 'monitoring' ? '1.0' : '1.1'}`,
    'x-amz-target': target,
  };
  const answer: unknown = JSON.parse(
    (await postAws({ service, region, headers, body: JSON.stringify(body) }, env)).toString() || '{}',
  );
  return answer;
}
