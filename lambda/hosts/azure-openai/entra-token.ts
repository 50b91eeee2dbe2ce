import type { EntraCredentials } from '../../../lib/contract';
import { readAll } from '../../engine/bytes';
import { HostError } from '../../engine/host';
import { isObject, parseJson } from '../../engine/json';
import { errorText } from '../../runtime/error-text';
import type { HostDeps } from '../host-deps';
import { createKeyStore } from '../key-store';
import type { Token } from '../token/token-source';

const SCOPE = 'https://cognitiveservices.azure.com/.default';
const MAX_ANSWER_BYTES = 100_000;
/** Whoever waits has a shorter limit of their own; this one lets the next fetch begin. */
const TIMEOUT_MS = 10_000;

/** An application's own token, for its secret. Fails with a HostError 'credential' that has Microsoft's word, and never what was sent. */
export async function fetchEntraToken(host: string, entra: EntraCredentials, deps: HostDeps): Promise<Token> {
  const { tenantId, clientId, secret } = entra;
  const url = entra.tokenUrl ?? `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
  const keys = createKeyStore(host, [secret], deps.env);
  await keys.refresh(undefined);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: await keys.read(undefined),
    scope: SCOPE,
  });
  const timeout = new AbortController();
  const timer = deps.clock.timer(TIMEOUT_MS, () => timeout.abort());
  try {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', path: '', headers, body: Buffer.from(form.toString()) };
    const { status, body } = await deps.transport.origin(url).send(request, timeout.signal);
    const answer = parseJson(new TextDecoder().decode(await readAll(body, MAX_ANSWER_BYTES)));
    const fields = isObject(answer) ? answer : {};
    const { access_token: value, expires_in: seconds, error } = fields;
    if (typeof value === 'string' && value !== '') {
      return { value, expiresAt: deps.clock.now() + Number(seconds) * 1000 };
    }
    throw new Error(`refused with status ${status}: ${typeof error === 'string' ? error : 'no reason given'}`);
  } catch (error) {
    throw new HostError('credential', `host ${host}: Microsoft Entra: ${errorText(error)}`);
  } finally {
    timer.cancel();
  }
}
