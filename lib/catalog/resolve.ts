import { type HostConfig, kindOf, type ModelConfig, type RouterConfig } from '../contract';
import { closest } from './closest';
import type { Model } from './model';
import { MODELS } from './models';

/** Claude Code marks models so that are to have a window of a million tokens; hosts hear of it by a beta, if at all. */
const LARGE_WINDOW = /\[1m\]$/i;

/** The models a router serves, and what each host calls them. */
export interface ModelCatalog {
  readonly models: readonly Model[];
  find(idOrAlias: string): Model | undefined;
  /** The model's id on a host, or undefined where it has no equivalent. */
  on(idOrAlias: string, host: HostConfig): string | undefined;
}

/** Throws an error for a model that neither the table nor the configuration describes. */
export function resolveModels(configured: RouterConfig['models']): ModelCatalog {
  const models = configured.map((entry) => (typeof entry === 'string' ? known(entry) : described(entry)));
  const byName = new Map<string, Model>();
  for (const model of models) {
    for (const name of [model.id, ...model.aliases]) {
      const other = byName.get(name);
      if (other !== undefined) throw new Error(`model "${name}" is configured twice; keep one of the entries`);
      byName.set(name, model);
    }
  }
  return {
    models,
    find: (name) => byName.get(name) ?? byName.get(name.replace(LARGE_WINDOW, '')),
    on: (idOrAlias, host) => idOnHost(idOrAlias, byName.get(idOrAlias), host),
  };
}

function known(name: string): Model {
  const model = MODELS.find(({ id, aliases }) => id === name || aliases.includes(name));
  if (model !== undefined) return model;
  const names = MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
  throw new Error(
    `unknown model "${name}"; the closest known ones are ${closest(name, names).join(', ')}. ` +
      'For a model the table does not have, give { "id", "on": { "<host kind>": "<id there>" } } instead of its name',
  );
}

function described(config: ModelConfig): Model {
  return {
    id: config.id,
    aliases: config.aliases ?? [],
    displayName: config.displayName ?? config.id,
    on: config.on,
    bedrockProfiles: [],
    bedrockMessages: config.bedrockMessages ?? false,
  };
}

function idOnHost(name: string, model: Model | undefined, host: HostConfig): string | undefined {
  const names = model === undefined ? [name] : [model.id, ...model.aliases];
  for (const each of names) {
    const own = host.models?.[each];
    if (own !== undefined) return own;
  }
  const id = model?.on[host.kind];
  return id === undefined ? undefined : (kindOf(host).requestId?.(host, id) ?? id);
}
