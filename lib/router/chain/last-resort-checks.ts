import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { closest } from '../../catalog/closest';
import { takesModel } from '../../catalog/matches';
import type { ModelCatalog } from '../../catalog/resolve';
import { type ClientConfig, isClaudeHost, MAX_FALLBACKS } from '../../contract';
import type { HostBinding } from '../../hosts/host-binding';
import { ValidationError } from '../../validation-error';
import type { LastResort } from './last-resort';

/** Another model, at the host that is asked for it. */
export interface BoundLink {
  readonly host: HostBinding;
  readonly model: string;
}

/** A chain, and what answers when the whole of it has failed. */
export interface BoundLastResort {
  /** Where the chain stands in the props, for messages: `chain`, `routes[0].chain`. */
  readonly at: string;
  readonly links: readonly BoundLink[];
  readonly others?: Required<LastResort>;
  /** Of every chain of the router. */
  readonly hostNames: readonly string[];
  /** Patterns of the models of its route. @default - every model */
  readonly models?: readonly string[];
}

/** A chain is hosts of one and the same model. */
export function checkChainKinds(scope: Construct, at: string, hosts: readonly HostBinding[]): void {
  const other = hosts.find(({ config }) => !isClaudeHost(config) && config.kind !== 'messages');
  if (other === undefined) return;
  throw new ValidationError(
    scope,
    `'${at}' has host '${other.config.name}' of kind ${other.config.kind}, which does not have Claude; put it into 'lastResort'`,
  );
}

/** Links that cannot be asked, or that are no other model. */
export function checkLastResort(scope: Construct, catalog: ModelCatalog, resort: BoundLastResort): void {
  const { links, others } = resort;
  const at = placeOf(resort.at, 'lastResort');
  for (const [index, link] of links.entries()) {
    const problem = linkProblem(link, catalog, resort);
    if (problem !== undefined) throw new ValidationError(scope, `'${at}[${index}]' ${problem}`);
    const same = links.findIndex(({ host, model }) => host === link.host && model === link.model);
    if (same < index) {
      throw new ValidationError(scope, `'${at}[${index}]' is the same as '${at}[${same}]'; remove one`);
    }
  }
  checkFallbacks(scope, catalog, resort);
  const names = namesOf(catalog);
  const stray = others?.onRefusal.find((name) => !names.includes(name));
  if (stray === undefined) return;
  throw new ValidationError(
    scope,
    `'${placeOf(resort.at, 'onRefusal')}' has '${stray}', which is not one of the router's models; ` +
      `the closest are ${closest(stray, names).join(', ')}`,
  );
}

/** Models, or a host of any chain and a model there. */
function checkFallbacks(scope: Construct, catalog: ModelCatalog, { at, others, hostNames }: BoundLastResort): void {
  const { fallbacks = [], lastResort = [] } = others ?? {};
  const prop = placeOf(at, 'fallbacks');
  if (fallbacks.length > MAX_FALLBACKS) {
    throw new ValidationError(
      scope,
      `'${prop}' names ${fallbacks.length} models; at most ${MAX_FALLBACKS} may be given`,
    );
  }
  const models = namesOf(catalog);
  const known = [
    ...models,
    ...hostNames.flatMap((host) => models.map((model) => `${host}/${model}`)),
    ...lastResort.map(({ host, model }) => `${host.name}/${model}`),
  ];
  const stray = fallbacks.find((name) => !Token.isUnresolved(name) && !known.includes(name));
  if (stray === undefined) return;
  throw new ValidationError(
    scope,
    `'${prop}' has '${stray}', which is neither one of the router's models nor a host and one of them; ` +
      `the closest are ${closest(stray, known).join(', ')}`,
  );
}

function linkProblem(
  { host: { config }, model }: BoundLink,
  catalog: ModelCatalog,
  { models }: BoundLastResort,
): string | undefined {
  if (Token.isUnresolved(model)) return undefined;
  if (model.trim() === '') {
    return `has no model; give the id by which host '${config.name}' is asked for one`;
  }
  if (!isClaudeHost(config)) return undefined;
  if (catalog.on(model, config) === undefined) {
    const known = catalog.models.map(({ id }) => id).join(', ');
    return (
      `has model '${model}', which is none of the models that host '${config.name}' (${config.kind}) has; ` +
      `add it to 'models', or take a host of other models. The models are ${known}`
    );
  }
  const taken = catalog.models.filter((each) => takesModel(models, each));
  if (taken.some((each) => each !== catalog.find(model))) return undefined;
  return `has model '${model}', the only one that its route serves; hosts of the same model belong into 'chain'`;
}

/** Whoever is asked for them, other models answer nobody who has not agreed. */
export function warnOfMissingConsent(
  scope: Construct,
  at: string,
  { fallbacks, lastResort, onRefusal, message }: Required<LastResort>,
  clients: readonly ClientConfig[],
): void {
  if (fallbacks.length + lastResort.length + onRefusal.length === 0 && message === '') return;
  if (clients.some(({ may }) => may?.includes('last-resort'))) return;
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:lastResortWithoutConsent',
    `the last resort of '${at}': none of its clients may be answered by another model, so that it does nothing; ` +
      "give those who agree Steering.LAST_RESORT in their 'may'",
  );
}

const placeOf = (chain: string, prop: keyof LastResort): string => chain.replace(/chain$/, prop);
const namesOf = ({ models }: ModelCatalog): string[] => models.flatMap(({ id, aliases }) => [id, ...aliases]);
