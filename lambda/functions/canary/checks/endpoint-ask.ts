import { type CanaryEndpoint, RESPONSE_HEADERS } from '../../../../lib/contract';
import { awsCredentialSource } from '../../../aws/aws-credentials';
import type { Signable } from '../../../aws/sigv4';
import type { Headers } from '../../../engine/headers';
import { requireEnv, type Env } from '../../../runtime/require-env';
import { systemClock } from '../../../runtime/system-clock';
import { type Ask, CHECK_DEADLINE_MS } from './check';

/** Through the public endpoint, as every client goes. */
export function createEndpointAsk(endpoint: CanaryEndpoint, env: Env): Ask {
  let key: Promise<string> | undefined;
  return async (request) => {
    // What a cache has says nothing of the hosts.
    const headers: Record<string, string> = { ...request.headers, [RESPONSE_HEADERS.cache]: 'bypass' };
    if (endpoint.auth === 'api-key' || endpoint.auth === 'secret') {
      key ??= readKey(endpoint, env).catch((error: unknown) => {
        key = undefined;
        throw error;
      });
      headers['x-api-key'] = await key;
    }
    const url = new URL(endpoint.url + request.path);
    const { method, body } = request;
    const sent =
      endpoint.auth === 'iam' ? await signed({ method, path: url.pathname, headers, body }, url, env) : headers;
    const signal = AbortSignal.timeout(CHECK_DEADLINE_MS);
    // As most SDKs send, so that what they would trip over is found.
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
    // Each way in is loaded where it is taken: most canaries take one, and none takes all.
    const { readSecret } = await import('../../../aws/secrets');
    return readSecret(secretArn, true, env);
  }
  const { readCanaryKey } = await import('./read-api-key');
  return readCanaryKey(apiKeyId, env);
}

async function signed(request: Signable, url: URL, env: Env): Promise<Headers> {
  const { createSigner } = await import('../../../aws/sigv4');
  const region = requireEnv(env, 'AWS_REGION');
  const sign = createSigner('execute-api', region, awsCredentialSource(env), systemClock);
  return (await sign(request, { url, basePath: '' })).headers;
}
