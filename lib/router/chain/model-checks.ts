import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RouterConfig } from '../../contract';
import type { Host } from '../../hosts/host';
import { closest } from '../../catalog/closest';
import { matchesPattern, takesModel } from '../../catalog/matches';
import type { Model } from '../../catalog/model';
import { MODELS } from '../../catalog/models';
import { type ModelCatalog, resolveModels } from '../../catalog/resolve';
import type { HostBinding } from '../../hosts/host-binding';
import { ValidationError } from '../../validation-error';

export interface BoundChain {
  readonly at: string;
  readonly hosts: readonly HostBinding[];
  readonly models?: readonly string[];
}

/** The router's models: those of the model table, and those for which hosts bring ids of their own. */
export function describeModels(scope: Construct, names: readonly string[], hosts: readonly Host[]) {
  if (names.length === 0)
    throw new ValidationError(scope, "'models' must have at least one model, such as claude-opus-5-5");
  const table = MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
  const models: RouterConfig['models'] = names.map((name) => {
    if (table.includes(name)) return name;
    if (hosts.some(({ _modelIds }) => name in _modelIds)) return { id: name, on: {} };
    throw new ValidationError(
      scope,
      `'models' has the unknown model '${name}'; the closest known ones are ${closest(name, table).join(', ')}. ` +
        "For a model the table does not have, give its id to each host that serves it by 'modelIds'",
    );
  });
  const catalog = catalogOf(scope, models);
  for (const { name: host, _modelIds } of hosts) {
    const stray = Object.keys(_modelIds).find((name) => catalog.find(name) === undefined);
    if (stray === undefined) continue;
    const known = catalog.models.map(({ id }) => id).join(', ');
    throw new ValidationError(
      scope,
      `host '${host}': 'modelIds' has '${stray}', which is not one of the router's models; they are ${known}`,
    );
  }
  return { models, catalog };
}

function catalogOf(scope: Construct, models: RouterConfig['models']): ModelCatalog {
  try {
    return resolveModels(models);
  } catch (error) {
    throw new ValidationError(scope, `'models': ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Every model needs a host that has it, and should have a second. */
export function checkModels(scope: Construct, catalog: ModelCatalog, chains: readonly BoundChain[]): void {
  for (const chain of chains) checkPatterns(scope, catalog, chain);
  for (const model of catalog.models) {
    const taking = chains.filter((chain) => takesModel(chain.models, model));
    const has = ({ config }: HostBinding): boolean => catalog.on(model.id, config) !== undefined;
    const serving = taking.filter(({ hosts }) => hosts.some(has));
    if (serving.length === 0) throw new ValidationError(scope, nobodyServes(model, taking));
    for (const { at, hosts } of serving) {
      const lacking = hosts.filter((host) => !has(host));
      if (lacking.length > 0) warnOfGap(scope, at, model, lacking, hosts.filter(has));
    }
  }
}

/** What a host has to say against the models that it has. */
export function checkModelsOfHosts(scope: Construct, catalog: ModelCatalog, hosts: readonly HostBinding[]): void {
  for (const { config, modelsProblem } of hosts) {
    const models = catalog.models.filter(({ id }) => catalog.on(id, config) !== undefined);
    const problem = modelsProblem?.(models);
    if (problem !== undefined) throw new ValidationError(scope, `host '${config.name}': ${problem}`);
  }
}

function checkPatterns(scope: Construct, { models }: ModelCatalog, { at, models: patterns = [] }: BoundChain): void {
  const stray = patterns.find((pattern) => !models.some((model) => matchesPattern(pattern, model)));
  if (stray === undefined) return;
  const known = models.map(({ id }) => id).join(', ');
  throw new ValidationError(
    scope,
    `the route of '${at}': model '${stray}' matches none of the models; they are ${known}`,
  );
}

function nobodyServes({ id }: Model, taking: readonly BoundChain[]): string {
  if (taking.length === 0) return `'models': no route takes '${id}'; add one, or remove the model`;
  const hosts = taking.flatMap((chain) => chain.hosts).map(({ config: { name, kind } }) => `${name}: ${kind}`);
  return (
    `'models': '${id}' has no equivalent on any host of its chains (${[...new Set(hosts)].join(', ')}); ` +
    "add a host that has it, or its id there by 'modelIds'"
  );
}

const namesOf = (hosts: readonly HostBinding[]): string => hosts.map(({ config }) => config.name).join(', ');

function warnOfGap(
  scope: Construct,
  at: string,
  { id }: Model,
  lacking: readonly HostBinding[],
  having: readonly HostBinding[],
): void {
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:noEquivalent',
    `'${at}': '${id}' has no equivalent on ${namesOf(lacking)}, so that only ${namesOf(having)} can serve it`,
  );
}
