import type { RouterConfig } from '../../../../lib/contract';
import { type ModelCatalog, resolveModels } from '../../../../lib/catalog/resolve';
import { hostPlaces } from '../../policy/host-places';
import { unknown } from '../unknown-names';

/** Names that stand for nothing, and a geography that leaves a team no host. */
export function policyProblems(config: RouterConfig): string[] {
  const { clients = [], hosts, routes } = config;
  const names = hosts.map(({ name }) => name);
  const catalog = catalogOf(config.models);
  const others = routes.flatMap(({ lastResort = [] }) => lastResort.map(({ model }) => model));
  const early = routes.findIndex(({ commit }) => commit !== 'complete');
  const everybodys =
    config.guardrail?.output === true && early >= 0
      ? [`guardrail.output: routes[${early}] is without "commit": "complete"; set it there`]
      : [];
  const teams = clients.flatMap(({ name: client, policy }, index) => {
    if (policy === undefined) return [];
    const at = `clients[${index}].policy`;
    const { models = [], hosts: own = [], geographies } = policy;
    const known = [...(catalog?.models.flatMap(({ id, aliases }) => [id, ...aliases]) ?? []), ...others];
    const exact = models.filter((name) => !name.endsWith('*'));
    const empty = models.filter((name) => name.endsWith('*') && !known.some((id) => id.startsWith(name.slice(0, -1))));
    const left = hosts.filter((host) => policy.hosts === undefined || own.includes(host.name));
    const isNowhere =
      geographies !== undefined &&
      !left.some((host) =>
        [...(catalog?.models.map(({ id }) => id) ?? []), ...others].some((model) =>
          hostPlaces(host, model).every((place) => geographies.some((each) => each === place)),
        ),
      );
    const early = routes.findIndex(
      (route) => route.commit !== 'complete' && (route.clients === undefined || route.clients.includes(client)),
    );
    return [
      ...(policy.guardrail?.output === true && early >= 0
        ? [`${at}.guardrail.output: routes[${early}] takes this client without "commit": "complete"; set it there`]
        : []),
      ...(catalog === undefined ? [] : unknown(`${at}.models`, 'model', exact, known)),
      ...(catalog === undefined ? [] : empty).map(
        (name) => `${at}.models: no model begins as "${name}"; the models are ${known.join(', ')}`,
      ),
      ...unknown(`${at}.hosts`, 'host', own, names),
      ...(isNowhere
        ? [
            `${at}.geographies: no host that this client may use serves in ${geographies.join(', ')} and nowhere else; ` +
              'add one, or give a server of your own its "servedIn"',
          ]
        : []),
    ];
  });
  return [...everybodys, ...teams];
}

/** What is wrong with the models is told elsewhere. */
function catalogOf(models: RouterConfig['models']): ModelCatalog | undefined {
  try {
    return resolveModels(models);
  } catch {
    return undefined;
  }
}
