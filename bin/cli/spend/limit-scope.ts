import type { SpendPeriod } from '../../../lib/contract';

/** Whom a limit is of; nobody named is the whole gateway. */
export interface LimitOptions {
  readonly team?: string;
  readonly user?: string;
  readonly model?: string;
  readonly period: SpendPeriod;
}

/** As the wire says it. */
export function scopeOf({ team, user, model }: LimitOptions): { type: string } & Record<string, string> {
  if (model !== undefined && (team ?? user) !== undefined)
    throw new Error("a limit is of a model or of a team; give '--model' alone");
  if (model !== undefined) return { type: 'model', model };
  if (user !== undefined && team === undefined)
    throw new Error("a user belongs to a team; give '--team' beside '--user'");
  if (user !== undefined) return { type: 'user', user_id: `${team}/${user}` };
  return team === undefined ? { type: 'organization' } : { type: 'workspace', workspace_id: team };
}

/** In the wire's words: team and user, a team, or a model. */
export function scopeText(scope: object): string {
  const { type, workspace_id: team, user_id: user, model } = scope as Readonly<Record<string, string>>;
  const of = { organization: 'the gateway', workspace: `team ${team}`, user: `user ${user}`, model: `model ${model}` };
  return of[type as keyof typeof of];
}
