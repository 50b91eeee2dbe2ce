import { GoogleAuth } from 'google-auth-library';
import type { VertexHostConfig } from '../../../lib/contract';
import { HostError } from '../../engine/host';
import { errorText } from '../../runtime/error-text';
import { GOOGLE_SCOPE, type GoogleDeps } from './google-exchange';
import { federatedToken } from './google-federation';
import type { Token } from '../token/token-source';

/** For a token whose life is not told: Google's are good for an hour. */
const UNTOLD_LIFE_MS = 600_000;

/** A new token. Fails with a HostError 'credential' that names the step. */
export async function fetchGoogleToken(
  config: Pick<VertexHostConfig, 'name' | 'federation'>,
  deps: GoogleDeps,
): Promise<Token> {
  try {
    return await (config.federation ? federatedToken(config.federation, deps) : defaultToken(deps));
  } catch (error) {
    // No cause: the library's errors hold the whole exchange, secrets included.
    const step = config.federation ? '' : 'Google application default credentials: ';
    throw new HostError('credential', `host ${config.name}: ${step}${errorText(error)}`);
  }
}

/** The library keeps a cache of its own, so each fetch begins anew. */
async function defaultToken({ clock }: GoogleDeps): Promise<Token> {
  const client = await new GoogleAuth({ scopes: GOOGLE_SCOPE }).getClient();
  const { token } = await client.getAccessToken();
  if (!token) throw new Error('they gave no token');
  return { value: token, expiresAt: client.credentials.expiry_date ?? clock.now() + UNTOLD_LIFE_MS };
}
