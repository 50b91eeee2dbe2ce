import { isClaudeHost, type LinkConfig, type RouterConfig } from '../../../lib/contract';
import { type ModelCatalog, resolveModels } from '../../../lib/catalog/resolve';
import { closest } from '../../../lib/catalog/closest';
import { unknown } from './unknown-names';

/** Other models that could not be asked: of hosts of Claude's that do not have them, or that nobody knows. */
export function lastResortProblems(config: RouterConfig): string[] {
  const names = config.hosts.map(({ name }) => name);
  const catalog = catalogOf(config.models);
  return config.routes.flatMap(({ fallbacks = [], lastResort = [], onRefusal = [] }, index) => {
    const at = `routes[${index}]`;
    const hosts = lastResort.map(({ host }) => host);
    return [
      ...(catalog === undefined ? [] : fallbackProblems(`${at}.fallbacks`, fallbacks, lastResort, names, catalog)),
      ...unknown(`${at}.lastResort`, 'host', hosts, names),
      ...(catalog === undefined
        ? []
        : lastResort.flatMap((link, i) => modelProblem(`${at}.lastResort[${i}]`, link, config, catalog))),
      ...(catalog === undefined ? [] : unknown(`${at}.onRefusal`, 'model', onRefusal, namesOf(catalog))),
    ];
  });
}

/** Each is a model, or a host and a model there: of `models`, or of the route's own last resorts. */
function fallbackProblems(
  at: string,
  fallbacks: readonly string[],
  lastResort: readonly LinkConfig[],
  hosts: readonly string[],
  catalog: ModelCatalog,
): string[] {
  const links = lastResort.map(({ host, model }) => `${host}/${model}`);
  const models = namesOf(catalog);
  const known = [...models, ...links, ...hosts.flatMap((host) => models.map((model) => `${host}/${model}`))];
  return fallbacks.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const nearest = closest(name, known, 1).join();
    return [
      `${at}[${index}]: "${name}" is neither a model nor a host and a model, such as "${known.at(-1)}"; ` +
        `did you mean "${nearest}"? The models are ${models.join(', ')}`,
    ];
  });
}

function modelProblem(
  at: string,
  { host, model }: LinkConfig,
  { hosts }: RouterConfig,
  catalog: ModelCatalog,
): string[] {
  const config = hosts.find(({ name }) => name === host);
  if (config === undefined || !isClaudeHost(config) || catalog.on(model, config) !== undefined) return [];
  return [
    `${at}.model: "${model}" is none of the models that host "${host}" (${config.kind}) has; ` +
      `add it to "models", or take a host of another kind. The models are ${catalog.models.map(({ id }) => id).join(', ')}`,
  ];
}

const namesOf = ({ models }: ModelCatalog): string[] => models.flatMap(({ id, aliases }) => [id, ...aliases]);

/** What is wrong with the models is told elsewhere. */
function catalogOf(models: RouterConfig['models']): ModelCatalog | undefined {
  try {
    return resolveModels(models);
  } catch {
    return undefined;
  }
}
