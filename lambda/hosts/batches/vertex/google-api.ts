import type { VertexHostConfig } from '../../../../lib/contract';
import { readAll } from '../../../engine/bytes';
import { createTokenSource } from '../../token/token-source';
import type { Origin } from '../../transport/transport';
import type { GoogleDeps } from '../../vertex/google-exchange';

export interface GoogleRequest {
  readonly method?: 'DELETE' | 'GET' | 'POST';
  readonly path: string;
  /** @default - none */
  readonly body?: string;
}

/** The text of the answer to a call in the host's name. */
export type GoogleApi = (origin: Origin, request: GoogleRequest, signal: AbortSignal) => Promise<string>;

/** A call that Google refused. */
export class GoogleCallError extends Error {
  override readonly name = 'GoogleCallError';
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const MAX_BYTES = 512 * 1024 * 1024;
/** Of its own words: enough to say why. */
const MAX_WORDS = 500;

export function googleApi(config: VertexHostConfig, deps: GoogleDeps): GoogleApi {
  const token = createTokenSource(async () => {
    const { fetchGoogleToken } = await import('../../vertex/fetch-google-token');
    return fetchGoogleToken(config, deps);
  }, deps.clock);
  const send = async (origin: Origin, { method = 'GET', path, body }: GoogleRequest, signal: AbortSignal) => {
    const headers = {
      authorization: `Bearer ${await token.read()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const answer = await origin.send({ method, path, headers, body: Buffer.from(body ?? '') }, signal);
    return { status: answer.status, text: Buffer.from(await readAll(answer.body, MAX_BYTES)).toString() };
  };
  return async (origin, request, signal) => {
    let answer = await send(origin, request, signal);
    if (answer.status === 401 && (await token.refresh())) answer = await send(origin, request, signal);
    const { status, text } = answer;
    if (status >= 200 && status < 300) return text;
    throw new GoogleCallError(`Google answered ${status}: ${text.slice(0, MAX_WORDS)}`, status);
  };
}
