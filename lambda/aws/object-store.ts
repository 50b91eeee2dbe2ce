import { requireEnv, type Env } from '../runtime/require-env';
import { AwsCallError, callAws } from './call-aws';

/** One bucket, in the region of whoever asks. All reject when it cannot be used. */
export interface ObjectStore {
  /** Undefined where there is none of that name. `most`: no more than so many bytes of its beginning. */
  get(key: string, most?: number): Promise<Buffer | undefined>;
  /** False where there is one of that name already, which then stays. */
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
}

/** `timeoutMs`: for one operation with all its retries. */
export function objectStore(bucket: string, env: Env, timeoutMs: number): ObjectStore {
  const region = requireEnv(env, 'AWS_REGION');
  const at = (key: string) => ({
    service: 's3' as const,
    region,
    path: `/${bucket}/${key}`,
    signal: AbortSignal.timeout(timeoutMs),
  });
  return {
    async get(key, most) {
      const headers = { ...(most !== undefined && { range: `bytes=0-${most - 1}` }) };
      try {
        return await callAws({ ...at(key), method: 'GET', headers }, env);
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async putNew(key, body) {
      const headers = { 'if-none-match': '*', 'content-type': 'application/octet-stream' };
      try {
        await callAws({ ...at(key), method: 'PUT', headers, body }, env);
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
  };
}

const statusOf = (error: unknown): number | undefined => (error instanceof AwsCallError ? error.status : undefined);
