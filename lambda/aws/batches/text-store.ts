import { requireEnv, type Env } from '../../runtime/require-env';
import { AwsCallError, callAws } from '../call-aws';

/** The few operations on a bucket. Keys are letters, digits and `_-./` only. All reject when the bucket cannot be used. */
export interface TextStore {
  put(key: string, text: string): Promise<void>;
  /** Undefined where there is none. */
  get(key: string): Promise<string | undefined>;
  /** Keys that begin so, in their order. */
  list(prefix: string): Promise<string[]>;
  delete(key: string): Promise<void>;
}

const TIMEOUT_MS = 60_000;
const KEY = /<Key>([^<]*)<\/Key>/g;
const NEXT = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/;

/** The bucket of that name in the region of `env`. */
export function textStore(bucket: string, env: Env): TextStore {
  const region = requireEnv(env, 'AWS_REGION');
  const call = async (method: 'DELETE' | 'GET' | 'PUT', path: string, body?: string): Promise<string> => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await callAws({ service: 's3', region, method, path: `/${bucket}/${path}`, body, signal }, env);
    return answer.toString();
  };
  return {
    put: async (key, text) => void (await call('PUT', key, text)),
    async get(key) {
      try {
        return await call('GET', key);
      } catch (error) {
        if (error instanceof AwsCallError && error.status === 404) return undefined;
        throw error;
      }
    },
    async list(prefix) {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix, ...(token && { 'continuation-token': token }) });
        const xml = await call('GET', `?${query.toString()}`);
        keys.push(...[...xml.matchAll(KEY)].map(([, key = '']) => key));
        token = NEXT.exec(xml)?.[1];
      } while (token !== undefined);
      return keys;
    },
    delete: async (key) => void (await call('DELETE', key)),
  };
}
