import { requireEnv, type Env } from '../runtime/require-env';
import { callAws } from './call-aws';

export interface ObjectCall {
  /** @default - the router's */
  readonly region?: string | undefined;
  readonly signal?: AbortSignal;
}

/** `place`: bucket and key with a slash between them. In a module of its own, as `parameters.ts` is. */
export async function readObject(place: string, env: Env, { region, signal }: ObjectCall = {}): Promise<string> {
  const at = region ?? requireEnv(env, 'AWS_REGION');
  const body = await callAws({ service: 's3', region: at, method: 'GET', path: `/${place}`, signal }, env);
  return body.toString();
}

export async function writeObject(place: string, body: string, env: Env, call: ObjectCall = {}): Promise<void> {
  const { region = requireEnv(env, 'AWS_REGION'), signal } = call;
  await callAws({ service: 's3', region, method: 'PUT', path: `/${place}`, body, signal }, env);
}
