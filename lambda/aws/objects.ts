import { requireEnv, type Env } from '../runtime/require-env';
import { callAws } from './call-aws';

/** `place`: bucket and key with a slash between them, in the router's region. In a module of its own, as `parameters.ts` is. */
export async function readObject(place: string, env: Env): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const body = await callAws({ service: 's3', region, method: 'GET', path: `/${place}` }, env);
  return body.toString();
}
