import type { HostConfig, RouteConfig, RouterConfig } from '../../../lib/contract';
import { matchesPattern, takesModel } from '../../../lib/catalog/matches';
import { resolveModels, type ModelCatalog } from '../../../lib/catalog/resolve';
import type { ConfigKinds } from './kinds/config-kinds';
import { unknown } from './unknown-names';
import { keyDigests } from '../plan/key-digests';
import { budgetProblems } from './budget-checks';
import { statefulProblems } from './stateful-checks';

/** What is wrong although every value by itself is right, one line a problem. */
export function configProblems(config: RouterConfig, { problem, problems }: ConfigKinds): string[] {
  return [
    namesOfHosts,
    ({ hosts }: RouterConfig) => hosts.flatMap((host, index) => hostProblems(`hosts[${index}]`, problem(host))),
    modelProblems,
    routeProblems,
    problems,
    budgetProblems,
    clientProblems,
    statefulProblems,
  ].flatMap((check) => check(config));
}

const namesOfHosts = ({ hosts }: RouterConfig): string[] =>
  repeated(
    'hosts',
    '.name',
    hosts.map(({ name }) => name),
  );

const hostProblems = (at: string, found: ReturnType<ConfigKinds['problem']>): string[] =>
  found === undefined ? [] : [`${at}.${found[0]}: ${found[1]}`];

function clientProblems({ clients = [] }: RouterConfig): string[] {
  const names = clients.map(({ name }) => name);
  const owners = new Map<string, number>();
  const sameKey = clients.flatMap((client, index) =>
    keyDigests(client).flatMap((digest) => {
      const first = owners.get(digest);
      if (first === undefined) {
        owners.set(digest, index);
        return [];
      }
      return [`clients[${index}].keySha256: the same as in clients[${first}]; give every client its own key`];
    }),
  );
  const burstAlone = clients.flatMap(({ limits }, index) =>
    limits?.burst === undefined || limits.rate !== undefined
      ? []
      : [`clients[${index}].limits.burst: there is no "rate" that it would be above; give both, or only the rate`],
  );
  return [...repeated('clients', '.name', names), ...sameKey, ...burstAlone];
}

function repeated(list: string, field: string, values: readonly string[]): string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (first === index) return [];
    return [`${list}[${index}]${field}: "${value}" is already in ${list}[${first}]; each may stand there once`];
  });
}

function routeProblems({ hosts, clients, routes }: RouterConfig): string[] {
  const hostNames = hosts.map(({ name }) => name);
  const clientNames = clients?.map(({ name }) => name);
  const catchAll = routes.findIndex(
    (route) => !route.clients && !route.header && !route.hours && takesEveryModel(route),
  );
  return routes.flatMap((route, index) => {
    const at = `routes[${index}]`;
    const unreachable = catchAll >= 0 && catchAll < index;
    return [
      ...(unreachable ? [`${at}: never reached, because routes[${catchAll}] matches everything; put it last`] : []),
      ...unknown(`${at}.chain`, 'host', route.chain, hostNames),
      ...repeated(`${at}.chain`, '', route.chain),
      // Without `clients`, the front door alone knows the names.
      ...(clientNames ? unknown(`${at}.clients`, 'client', route.clients ?? [], clientNames) : []),
    ];
  });
}

function modelProblems(config: RouterConfig): string[] {
  const problems = config.models.flatMap((model, index) => {
    const catalog = catalogOf([model]);
    return typeof catalog === 'string' ? [`models[${index}]: ${catalog}`] : [];
  });
  if (problems.length > 0) return problems;
  const catalog = catalogOf(config.models);
  if (typeof catalog === 'string') return [`models: ${catalog}`];
  return [
    ...servingProblems(config, catalog),
    ...patternProblems(config, catalog),
    ...overrideProblems(config, catalog),
    ...clientModelProblems(config, catalog),
  ];
}

function catalogOf(models: RouterConfig['models']): ModelCatalog | string {
  try {
    return resolveModels(models);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Every model needs a route that takes it and, in one of those chains, a host that has it. */
function servingProblems({ hosts, routes }: RouterConfig, catalog: ModelCatalog): string[] {
  return catalog.models.flatMap((model, index) => {
    const taking = routes.filter((route) => takesModel(route.models, model));
    if (taking.length === 0) return [`models[${index}]: no route takes "${model.id}"; add one or remove the model`];
    const names = new Set(taking.flatMap(({ chain }) => chain));
    const candidates = hosts.filter(({ name }) => names.has(name));
    if (candidates.length === 0 || candidates.some((host) => catalog.on(model.id, host) !== undefined)) return [];
    return [
      `models[${index}]: "${model.id}" has no equivalent on any host of its chains (${candidates.map(kindAndName).join(', ')}); ` +
        'add a host that has it, or its id there to that host\'s "models"',
    ];
  });
}

const kindAndName = ({ kind, name }: HostConfig): string => `${name}: ${kind}`;

function patternProblems({ routes }: RouterConfig, { models }: ModelCatalog): string[] {
  const names = models.flatMap(({ id, aliases }) => [id, ...aliases]);
  return routes.flatMap((route, index) =>
    (route.models ?? []).flatMap((pattern, place) =>
      models.some((model) => matchesPattern(pattern, model))
        ? []
        : [`routes[${index}].models[${place}]: "${pattern}" matches none of the models; they are ${names.join(', ')}`],
    ),
  );
}

function overrideProblems({ hosts }: RouterConfig, catalog: ModelCatalog): string[] {
  return hosts.flatMap(({ models = {} }, index) => unknownModels(`hosts[${index}].models`, models, catalog));
}

/** A client's own ids on a host, by the names of clients and models. */
function clientModelProblems({ hosts, clients }: RouterConfig, catalog: ModelCatalog): string[] {
  const clientNames = clients?.map(({ name }) => name);
  return hosts.flatMap((host, index) => {
    if (host.kind !== 'bedrock') return [];
    return Object.entries(host.clientModels ?? {}).flatMap(([client, ids]) => {
      const at = `hosts[${index}].clientModels`;
      const stranger = clientNames?.includes(client) === false;
      return [
        ...(stranger ? [`${at}: there is no client "${client}"; the clients are ${clientNames.join(', ')}`] : []),
        ...unknownModels(`${at}["${client}"]`, ids, catalog),
      ];
    });
  });
}

function unknownModels(at: string, ids: Readonly<Record<string, string>>, catalog: ModelCatalog): string[] {
  return Object.keys(ids)
    .filter((name) => catalog.find(name) === undefined)
    .map(
      (name) => `${at}: "${name}" is not one of the models; they are ${catalog.models.map(({ id }) => id).join(', ')}`,
    );
}

const takesEveryModel = ({ models }: RouteConfig): boolean => !models || models.includes('*');
