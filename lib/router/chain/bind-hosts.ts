import type { Construct } from 'constructs';
import type { RouterConfig } from '../../contract';
import type { Host } from '../../hosts/host';
import type { ModelCatalog } from '../../catalog/resolve';
import type { Residency } from '../residency';
import { checkResidency } from './check-residency';
import { checkChainKinds, checkLastResort } from './last-resort-checks';
import type { LastResort } from './last-resort';
import { warnOfSharedDomains } from './failure-domains';
import type { HostBinding } from '../../hosts/host-binding';
import { checkModels, checkModelsOfHosts, describeModels } from './model-checks';
import { ValidationError } from '../../validation-error';

/** A chain of the router or of one of its routes. */
export interface Chain {
  /** Where it stands in the props, for messages: `chain`, `routes[0].chain`. */
  readonly at: string;
  readonly hosts: readonly Host[];
  /** Patterns of the models it serves. @default - every model */
  readonly models?: readonly string[];
  /** What answers when the whole chain has failed. @default - nothing */
  readonly others?: Required<LastResort>;
}

export interface HostsToBind {
  readonly chains: readonly Chain[];
  readonly models: readonly string[];
  readonly residency?: Residency;
  /** Who has a part of a host's bill to themselves. @default - nobody */
  readonly billedClients?: readonly string[];
}

export interface BoundHosts {
  /** Every host of the chains once, in the order in which they appear. */
  readonly hosts: readonly HostBinding[];
  readonly models: RouterConfig['models'];
  readonly catalog: ModelCatalog;
}

/** Finds at synth what is wrong with hosts and models, and with chains made of them. */
export function bindHosts(scope: Construct, props: HostsToBind): BoundHosts {
  const { chains, models, residency, billedClients } = props;
  for (const chain of chains) checkChain(scope, chain);
  const links = chains.flatMap(({ others }) => others?.lastResort ?? []);
  const hosts = [...new Set([...chains.flatMap((chain) => chain.hosts), ...links.map(({ host }) => host)])];
  checkNames(scope, hosts);
  const described = describeModels(scope, models, hosts);
  const othersOf = (host: Host): string[] => [
    ...new Set(links.filter((link) => link.host === host).map(({ model }) => model)),
  ];
  const bindings = new Map(
    hosts.map((host) => [host, host._bind(scope, described.catalog, billedClients, othersOf(host))]),
  );
  const bound = chains.map(({ hosts: names, ...chain }) => ({
    ...chain,
    hosts: names.flatMap((host) => bindings.get(host) ?? []),
  }));
  for (const chain of bound) {
    checkChainKinds(scope, chain.at, chain.hosts);
    const links = linksOf(chain.others, bindings);
    checkLastResort(scope, described.catalog, { ...chain, links, hostNames: hosts.map(({ name }) => name) });
  }
  checkModels(scope, described.catalog, bound);
  for (const { at, hosts: chain, others } of bound) {
    const last = linksOf(others, bindings).map(({ host }) => host);
    warnOfSharedDomains(scope, at, chain, last);
  }
  if (residency !== undefined) checkResidency(scope, residency, [...bindings.values()]);
  checkModelsOfHosts(scope, described.catalog, [...bindings.values()]);
  return { hosts: [...bindings.values()], ...described };
}

const linksOf = (others: LastResort | undefined, bindings: ReadonlyMap<Host, HostBinding>) =>
  (others?.lastResort ?? []).map(({ host, model }) => ({ host: bindings.get(host)!, model }));

function checkChain(scope: Construct, { at, hosts }: Chain): void {
  if (hosts.length === 0) throw new ValidationError(scope, `'${at}' must have at least one host`);
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  if (twice !== undefined) throw new ValidationError(scope, `'${at}' has host '${twice.name}' twice; remove one`);
}

function checkNames(scope: Construct, hosts: readonly Host[]): void {
  const names = hosts.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new ValidationError(
    scope,
    `two hosts have the name '${twice}'; give one of them another 'name', or use one and the same Host in all chains`,
  );
}
