import * as v from 'valibot';
import { HostError } from '../../../engine/host';
import type { Env } from '../../../aws/post-aws';
import { requireEnv } from '../../../runtime/require-env';
import { signRequest } from '../../../aws/sign-request';

const answer = v.object({ value: v.string() });
const TIMEOUT_MS = 5000;

/** The value of a key that API Gateway has made. */
export async function readApiKey(id: string, env: Env): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const endpoint = env['AWS_ENDPOINT_URL'] ?? `https://apigateway.${region}.amazonaws.com`;
  const url = new URL(`/apikeys/${encodeURIComponent(id)}?includeValue=true`, endpoint);
  const headers = await signRequest({ service: 'apigateway', region, method: 'GET', url, headers: {} }, env);
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  // Its text is left out: nobody knows what of the key it would repeat.
  if (!response.ok) {
    throw new HostError(
      'credential',
      `the canary's gateway key cannot be read: API Gateway answered ${response.status}`,
    );
  }
  return v.parse(answer, await response.json()).value;
}
