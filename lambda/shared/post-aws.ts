import { errorText } from './error-text';
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

/** One signed call. Beside the few that are made here, an SDK client a service would be nearly all of a bundle. */
export async function postAws(post: AwsPost, env: Env, wait = pause): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(post, env);
    if ('response' in outcome) return outcome.response;
    if (!outcome.isPassing || attempt === ATTEMPTS || post.signal?.aborted) throw new Error(outcome.problem);
    await wait(Math.random() * FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}

type Outcome = { readonly response: Response } | { readonly problem: string; readonly isPassing: boolean };

async function tryOnce(post: AwsPost, env: Env): Promise<Outcome> {
  let response: Response;
  try {
    response = await send(post, env);
  } catch (error) {
    // fetch keeps the reason in the cause.
    const reason = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
    return { problem: `${post.service} in ${post.region} cannot be called: ${errorText(reason)}`, isPassing: true };
  }
  if (response.ok) return { response };
  // AWS's own words, which repeat names and no values.
  const text = (await response.text()).slice(0, 500);
  const isPassing = response.status === 429 || response.status >= 500 || /throttl|ThroughputExceeded/i.test(text);
  return { problem: `${post.service} answered ${response.status}: ${text}`, isPassing };
}

async function send(post: AwsPost, env: Env): Promise<Response> {
  const { service, region, path = '/', headers, body } = post;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const endpoint = post.endpoint ?? env['AWS_ENDPOINT_URL'] ?? `https://${service}.${region}.${suffix}`;
  const url = new URL(path, endpoint);
  const signed = await signRequest({ service, region, method: 'POST', url, headers, body }, env);
  return fetch(url, { method: 'POST', headers: signed, body, signal: post.signal ?? null });
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
  return (await postAws({ service, region, headers, body: JSON.stringify(body) }, env)).json();
}
