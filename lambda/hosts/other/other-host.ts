import type { OtherHostConfig } from '../../../lib/contract';
import type { Host } from '../../engine/host';
import { abortable } from '../transport/abortable';
import { ANTHROPIC_FACTS } from '../anthropic/facts';
import { CLAUDE_ERRORS } from '../errors/claude-errors';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import { createKeyStore } from '../key-store';
import { once } from '../lazy-host';
import type { OtherAdapter } from './create-adapter';

/** No geography is promised by any of them. */
const FACTS = { ...ANTHROPIC_FACTS, leavesOut: ['inference_geo'] };

/** A host of other models than Claude's: nothing of it, not even what it lacks, is loaded before it is needed. */
export function otherHost(config: OtherHostConfig, deps: HostDeps): Host {
  const { name } = config;
  const keys = createKeyStore(name, ('keys' in config && config.keys) || [], deps.env);
  let adapter: OtherAdapter | undefined;
  const load = once(async () => {
    const { createAdapter } = await import('./create-adapter');
    return (adapter = createAdapter(config, deps, keys));
  }, name);
  // A server that lacks nothing leads to a host that may promise one.
  const facts = 'lacks' in config && config.lacks?.length === 0 ? ANTHROPIC_FACTS : FACTS;
  return {
    ...hostFacts(config, deps, () => facts, keys.ids),
    /** Whoever is not loaded has said nothing yet. */
    get errors() {
      return adapter?.errors ?? CLAUDE_ERRORS;
    },
    // Whoever has answered is loaded.
    cost: (model, usage) => adapter?.cost(model, usage),
    open: async (call, signal) => (await abortable(load(), signal, `loading host ${name}`)).open(call, signal),
    refreshCredential: async (key) => (await load()).refreshCredential(key),
    // One that cannot be loaded fails when it is opened.
    cannotCarry: (body, model) =>
      load().then(
        ({ lost }) => lost(body, model),
        () => undefined,
      ),
  };
}
