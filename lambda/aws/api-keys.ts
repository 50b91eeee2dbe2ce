import * as v from 'valibot';
import { requireEnv, type Env } from '../runtime/require-env';
import { AwsCallError, callAws } from './call-aws';

const answer = v.object({ value: v.string() });
const TIMEOUT_MS = 5000;

/** API Gateway does not hand out the value of a key. Its own text is left out: nobody knows what of the key it would repeat. */
export class ApiKeyRefused extends Error {
  override readonly name = 'ApiKeyRefused';
}

/** The value of a key that API Gateway has made. */
export async function readApiKey(id: string, env: Env): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const path = `/apikeys/${encodeURIComponent(id)}?includeValue=true`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const json = await callAws({ service: 'apigateway', region, method: 'GET', path, signal }, env).catch(
    (error: unknown) => {
      if (!(error instanceof AwsCallError) || error.status === undefined) throw error;
      throw new ApiKeyRefused(`gateway key cannot be read: API Gateway answered ${error.status}`);
    },
  );
  return v.parse(answer, JSON.parse(json.toString())).value;
}
