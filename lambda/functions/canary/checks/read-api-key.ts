import { ApiKeyRefused, readApiKey } from '../../../aws/api-keys';
import { HostError } from '../../../engine/host';
import type { Env } from '../../../runtime/require-env';

/** The value of the canary's own gateway key. */
export async function readCanaryKey(id: string, env: Env): Promise<string> {
  try {
    return await readApiKey(id, env);
  } catch (error) {
    if (error instanceof ApiKeyRefused) throw new HostError('credential', `the canary's ${error.message}`);
    throw error;
  }
}
