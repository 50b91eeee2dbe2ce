import type { TextStore } from '../../../aws/batches/text-store';
import { isObject, parseJson } from '../../../engine/json';
import type { Env } from '../../../runtime/require-env';
import type { Transport } from '../../transport/transport';
import { type GoogleApi, GoogleCallError } from './google-api';

const TIMEOUT_MS = 60_000;

/** A bucket of Cloud Storage. `STORAGE_EMULATOR_HOST` moves it, as it does Google's own clients. */
export function cloudStorage(bucket: string, call: GoogleApi, transport: Transport, env: Env): TextStore {
  const origin = transport.origin(env['STORAGE_EMULATOR_HOST'] || 'https://storage.googleapis.com');
  const objects = `/storage/v1/b/${bucket}/o`;
  const objectAt = (key: string): string => `${objects}/${encodeURIComponent(key)}`;
  const limit = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS);
  const found = async <T>(answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof GoogleCallError && error.status === 404) return undefined;
      throw error;
    }
  };
  return {
    async put(key, text) {
      const path = `/upload${objects}?uploadType=media&name=${encodeURIComponent(key)}`;
      await call(origin, { method: 'POST', path, body: text }, limit());
    },
    get: (key) => found(call(origin, { path: `${objectAt(key)}?alt=media` }, limit())),
    async list(prefix) {
      const keys: string[] = [];
      let token: unknown;
      do {
        const query = new URLSearchParams({ prefix, ...(typeof token === 'string' && { pageToken: token }) });
        const page = parseJson(await call(origin, { path: `${objects}?${query}` }, limit()));
        if (!isObject(page)) throw new Error('Cloud Storage has not answered with a list');
        const { items } = page;
        if (Array.isArray(items)) keys.push(...items.filter(isObject).map(({ name }) => String(name)));
        token = page['nextPageToken'];
      } while (token !== undefined);
      return keys;
    },
    delete: async (key) => void (await found(call(origin, { method: 'DELETE', path: objectAt(key) }, limit()))),
  };
}
