import type { CanaryEndpoint } from '../../../../lib/contract';
import type { Headers } from '../../../engine/headers';
import type { Env } from '../../../aws/post-aws';
import { requireEnv } from '../../../runtime/require-env';
import { type Ask, CHECK_DEADLINE_MS } from './check';

/** Through the public endpoint, as every client goes. */
export function createEndpointAsk(endpoint: CanaryEndpoint, env: Env): Ask {
  let key: Promise<string> | undefined;
  return async (request) => {
    const headers: Record<string, string> = { ...request.headers };
    if (endpoint.auth === 'api-key' || endpoint.auth === 'secret') {
      key ??= readKey(endpoint, env).catch((error: unknown) => {
        key = undefined;
        throw error;
      });
      headers['x-api-key'] = await key;
    }
    const url = new URL(endpoint.url + request.path);
    const { method, body } = request;
    const sent = endpoint.auth === 'iam' ? await signed(url, headers, body, env) : headers;
    const signal = AbortSignal.timeout(CHECK_DEADLINE_MS);
    const response = await fetch(url, { method, headers: sent, body: Buffer.from(body), signal });
    // A key that was replaced is read anew for the second try.
    if (response.status === 401 || response.status === 403) key = undefined;
    return {
      response: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: response.body ?? new Uint8Array(),
      },
    };
  };
}

/** The value never stands in a template or in the function's environment. */
async function readKey({ auth, apiKeyId = '', secretArn = '' }: CanaryEndpoint, env: Env): Promise<string> {
  if (auth === 'secret') {
    const { readSecret } = await import('../../../aws/secrets');
    return readSecret(secretArn, true);
  }
  const { readApiKey } = await import('./read-api-key');
  return readApiKey(apiKeyId, env);
}

async function signed(url: URL, headers: Headers, body: Uint8Array, env: Env): Promise<Headers> {
  const { signRequest } = await import('../../../aws/sign-request');
  const region = requireEnv(env, 'AWS_REGION');
  return signRequest({ service: 'execute-api', region, method: 'POST', url, headers, body }, env);
}
