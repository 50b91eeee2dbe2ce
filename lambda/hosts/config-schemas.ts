import { CLAUDE_KINDS, type ClaudeKind } from '../../lib/contract';
import { CLAUDE_HOSTS } from './create-host';

type Schemas = { readonly [Kind in ClaudeKind]: (typeof CLAUDE_HOSTS)[Kind]['schema'] };

/** What each kind of host that serves Claude is configured by. */
export const CLAUDE_SCHEMAS = Object.fromEntries(
  CLAUDE_KINDS.map((kind) => [kind, CLAUDE_HOSTS[kind].schema]),
) as Schemas;
