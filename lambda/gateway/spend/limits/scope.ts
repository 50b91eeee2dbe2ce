import { userDigest } from '../../plan/user';

/** What a limit is of. */
export type Scope =
  | { readonly type: 'gateway' }
  | { readonly type: 'team'; readonly team: string }
  | { readonly type: 'user'; readonly team: string; readonly user: string }
  | { readonly type: 'model'; readonly model: string };

/** As an operator's limit is stored under. Users' ids stand in it as the operator has given them. */
export function limitKey(scope: Scope): string {
  switch (scope.type) {
    case 'gateway':
      return 'gateway';
    case 'team':
      return `team#${scope.team}`;
    case 'user':
      return `user#${scope.team}#${scope.user}`;
    case 'model':
      return `model#${scope.model}`;
  }
}

/** As what is spent is counted under. A user's id may be a name or an address: there it is a digest, which differs from team to team. */
export function countKey(scope: Scope): string {
  return scope.type === 'user' ? `user#${scope.team}#${userDigest(scope.team, scope.user)}` : limitKey(scope);
}

/** Undefined for text that stands for none. */
export function scopeOf(key: string): Scope | undefined {
  const [type, first, ...rest] = key.split('#');
  if (type === 'gateway' && first === undefined) return { type };
  if (first === undefined) return undefined;
  if (type === 'team') return { type, team: first };
  if (type === 'user' && rest.length > 0) return { type, team: first, user: rest.join('#') };
  return type === 'model' ? { type, model: [first, ...rest].join('#') } : undefined;
}
