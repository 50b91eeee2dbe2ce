import { createHash } from 'node:crypto';
import { USER_HEADER } from '../../../lib/contract';
import type { BodyFields } from '../../engine/host';
import type { Headers } from '../../engine/headers';
import { isObject, parseJson } from '../../engine/json';
import { GatewayError } from '../gateway-error';

const LONGEST = 256;

/** All who are not named are one user together: to leave the name out is no way around a limit. */
export const NOBODY = '';

/** For whom the request is made: as its header says, or its `metadata.user_id`. Within its team only: another team's user is another user. */
export function userOf(headers: Headers, body: BodyFields): string {
  const named = headers[USER_HEADER];
  if (named !== undefined) return named.trim();
  const { metadata } = body;
  const id = isObject(metadata) ? metadata['user_id'] : undefined;
  return typeof id === 'string' ? withoutSession(id) : NOBODY;
}

/** The same, for who counts users: a header has to name one. */
export function countedUser(headers: Headers, body: BodyFields): string {
  const named = headers[USER_HEADER];
  if (named === undefined || (named.length <= LONGEST && named.trim() !== '')) return userOf(headers, body);
  throw new GatewayError(400, `${USER_HEADER}: it must be 1 to ${LONGEST} characters that name one user of this team`);
}

/**
 * By which limits, the audit trail and the log know a user, whose id may be a name or an address: `~` and 32 hex digits, which differ from
 * team to team. Who has an id in that form already is taken by it.
 */
export function userDigest(team: string, user: string): string {
  if (/^~[0-9a-f]{32}$/.test(user)) return user;
  return `~${createHash('sha256').update(`${team}\n${user}`).digest('hex').slice(0, 32)}`;
}

/** Claude Code puts its session into the id, in either of two forms: each would be a new user. */
function withoutSession(id: string): string {
  const fields = id.startsWith('{') ? parseJson(id) : undefined;
  if (!isObject(fields)) return id.replace(/_session_[0-9a-f-]+$/, '');
  const { session_id: _, ...user } = fields;
  return JSON.stringify(user);
}
