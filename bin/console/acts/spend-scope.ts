import { scopeOf } from '../../cli/spend/limit-scope';

const WORDS = /^(team|user|model)[: ]\s*(.+)$/;

/** Whom a limit is of, as it is written on the page: `gateway`, `team:support`, `user:support/ada`, `model:claude-opus-5-5`. */
export function scopeIn(text: string): ReturnType<typeof scopeOf> {
  const period = 'monthly';
  if (/^(the )?gateway$/.test(text)) return scopeOf({ period });
  const [, word, name = ''] = WORDS.exec(text) ?? [];
  if (word === 'team') return scopeOf({ team: name, period });
  if (word === 'model') return scopeOf({ model: name, period });
  const at = name.indexOf('/');
  if (word === 'user' && at > 0) return scopeOf({ team: name.slice(0, at), user: name.slice(at + 1), period });
  throw new Error(`'${text}' is nobody's scope; write gateway, team:<name>, user:<team>/<id> or model:<id>`);
}
