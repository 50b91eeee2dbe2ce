import { createHash } from 'node:crypto';
import type { SpendPeriod } from '../../../../lib/contract';
import { isObject, type JsonObject } from '../../../engine/json';
import { GatewayError } from '../../gateway-error';
import type { Scope } from '../limits/scope';
import { limitKey } from '../limits/scope';

/** Anthropic's words for what a limit is of: here an organization is the gateway, a workspace a team. A model is a scope of ours. */
export function wireScope(scope: Scope): JsonObject {
  switch (scope.type) {
    case 'gateway':
      return { type: 'organization' };
    case 'team':
      return { type: 'workspace', workspace_id: scope.team };
    case 'user':
      return { type: 'user', user_id: `${scope.team}/${scope.user}` };
    case 'model':
      return { type: 'model', model: scope.model };
  }
}

/** What is found in a request. Throws a `GatewayError`. */
export function readScope(value: unknown): Scope {
  const { type, workspace_id: team, user_id: user, model } = isObject(value) ? value : {};
  switch (type) {
    case 'organization':
      return { type: 'gateway' };
    case 'workspace':
      return { type: 'team', team: name(team, 'scope.workspace_id', 'the name of a team') };
    case 'user': {
      const both = name(user, 'scope.user_id', 'a team and a user of it, such as "platform/ann"');
      const at = both.indexOf('/');
      if (at < 1 || at === both.length - 1) {
        throw wrong('scope.user_id', 'a team and a user of it, such as "platform/ann"');
      }
      return { type: 'user', team: both.slice(0, at), user: both.slice(at + 1) };
    }
    case 'model':
      return { type: 'model', model: name(model, 'scope.model', 'a model') };
  }
  throw wrong('scope.type', 'one of organization, workspace, user, model');
}

/** The same for the same limit, always. */
export function limitId(from: 'config' | 'wire', scope: Scope, period: SpendPeriod): string {
  return `spl_${createHash('sha256')
    .update(`${from} ${limitKey(scope)} ${period}`)
    .digest('hex')
    .slice(0, 24)}`;
}

function name(value: unknown, at: string, what: string): string {
  if (typeof value === 'string' && /^[^#|]{1,320}$/.test(value)) return value;
  throw wrong(at, `${what}, of at most 320 characters and without # and |`);
}

export const wrong = (at: string, what: string): GatewayError => new GatewayError(400, `${at}: must be ${what}`);
