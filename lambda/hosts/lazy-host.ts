import type { HostConfig } from '../../lib/contract';
import { HostError, type Host } from '../engine/host';
import { abortable } from './transport/abortable';
import type { HostDeps } from './host-deps';
import { hostFacts } from './host-facts';
import type { HostTraits } from './host-traits';

/** A host whose adapter is loaded with its first request: most requests never leave the first host. */
export function lazyHost(config: HostConfig, deps: HostDeps, facts: HostTraits, load: () => Promise<Host>): Host {
  const loaded = once(load, config.name);
  return {
    ...hostFacts(config, deps, () => facts),
    open: async (call, signal) => (await abortable(loaded(), signal, `loading host ${config.name}`)).open(call, signal),
    refreshCredential: async (key) => (await loaded()).refreshCredential(key),
  };
}

/** Loads at most once at a time, and again after a failure. */
export function once<T>(load: () => Promise<T>, hostName: string): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      if (error instanceof HostError) throw error;
      throw new HostError('connection', `host ${hostName}: its adapter could not be loaded`, { cause: error });
    }));
}
