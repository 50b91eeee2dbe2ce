import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { API } from '../api';

export interface Refusal {
  readonly status: number;
  readonly problem: string;
}

/**
 * Who may come in. A name that was made to resolve to this machine is not ours, a page of somebody else says so in `Origin`, and whoever
 * is on this machine has no token. `pathname` is the one that is served: a way round by `/../` leads to the same door.
 */
export function createGuard(
  port: number,
  token: string,
): (message: IncomingMessage, pathname: string) => Refusal | undefined {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  const origins = names.map((name) => `http://${name}`);
  const wanted = digest(`Bearer ${token}`);
  return ({ method = '', headers }, pathname) => {
    if (!names.includes(headers.host ?? '')) return { status: 403, problem: 'this name is not the console’s' };
    const { origin } = headers;
    if (origin !== undefined && !origins.includes(origin))
      return { status: 403, problem: 'this page is not the console’s' };
    if (method !== 'GET' && method !== 'POST') return { status: 405, problem: `${method} is not understood` };
    if (!pathname.startsWith(`${API}/`)) return method === 'GET' ? undefined : { status: 405, problem: 'only GET' };
    if (!timingSafeEqual(digest(headers.authorization ?? ''), wanted))
      return { status: 401, problem: 'the token is missing or wrong: open the address that the terminal shows' };
    // A form of another page cannot send it, and a script of one asks first.
    if (method === 'POST' && headers['content-type'] !== 'application/json')
      return { status: 415, problem: 'only application/json' };
    return undefined;
  };
}

/** Of one length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
