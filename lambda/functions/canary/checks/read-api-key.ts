import * as v from 'valibot';
import { AwsCallError, callAws } from '../../../aws/call-aws';
import { HostError } from '../../../engine/host';
import { requireEnv, type Env } from '../../../runtime/require-env';

const answer = v.object({ value: v.string() });
const TIMEOUT_MS = 5000;

/** The value of a key that API Gateway has made. */
export async function readApiKey(id: string, env: Env): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const path = `/apikeys/${encodeURIComponent(id)}?includeValue=true`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const json = await callAws({ service: 'apigateway', region, method: 'GET', path, signal }, env).catch(refused);
  return v.parse(answer, JSON.parse(json.toString())).value;
}

/** Its text is left out: nobody knows what of the key it would repeat. */
function refused(error: unknown): never {
  if (!(error instanceof AwsCallError) || error.status === undefined) throw error;
  throw new HostError('credential', `the canary's gateway key cannot be read: API Gateway answered ${error.status}`);
}
