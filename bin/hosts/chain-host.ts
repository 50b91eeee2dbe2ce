import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { text, pattern } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';
import type { Host } from '../../lib/hosts/host';
import { type IProviderKey, ProviderKey } from '../../lib/hosts/provider-key';
import type { PricedHostOptions } from '../../lib/hosts/host-options';
import type { GoogleProject } from '../../lib/hosts/vertex/google-project';

/** What every host of `chain` in `failover.config.ts` may have. */
export interface NamedHost {
  /** Name in routes, headers, logs and metrics. @default - the kind of host with its place */
  readonly name?: string;
  /** Base URL instead of the host's public one, for instance a VPC endpoint. @default - the host's documented address */
  readonly endpoint?: string;
}

export const namedHost = {
  name: v.optional(pattern(...FORMS.hostName)),
  endpoint: v.optional(text("base URL instead of the host's public one, such as that of a VPC endpoint")),
};

/** What a host may need of the rest of the file. */
export interface HostSurroundings {
  readonly models: readonly string[];
  readonly google?: GoogleProject;
}

/** Where the host is made. */
export interface HostStack extends HostSurroundings {
  readonly scope: Construct;
  readonly removalPolicy: RemovalPolicy;
  /** @default - keys are this stack's own */
  readonly shared?: SharedSecrets;
  /** What its models cost there, as the entries that name them say. */
  readonly prices?: PricedHostOptions['prices'];
}

/** Secrets of two regions: one keeps them, the other one has replicas, under the same names. */
export interface SharedSecrets {
  /** How their names begin. */
  readonly prefix: string;
  /** Regions that get a replica; undefined in the one that has them. */
  readonly replicaRegions?: string[];
}

/** One kind of host in `failover.config.ts`. */
export interface ChainHostKind<Entry> {
  readonly schema: v.GenericSchema<unknown, Entry>;
  /** With the secrets and profiles it needs. Their ids follow its name, so that the order of the chain may change. */
  create(entry: Entry, stack: HostStack): Host;
  /** What the rest of the file lacks for it, where it stands there at `at`. @default - nothing */
  lacks?(surroundings: HostSurroundings, at: string): string | undefined;
}

export const providerKeys = (stack: HostStack, name: string, count = 1): IProviderKey[] =>
  Array.from({ length: count }, (_, at) => providerKey(stack, `${name}-${at + 1}`));

/** A secret for a key, or a replica of one. */
export function providerKey({ scope, removalPolicy, shared }: HostStack, name: string): IProviderKey {
  const id = `Key-${name}`;
  if (shared === undefined) return new ProviderKey(scope, id, { removalPolicy });
  const { replicaRegions } = shared;
  const secretName = `${shared.prefix}/${name}`;
  if (replicaRegions) return new ProviderKey(scope, id, { removalPolicy, secretName, replicaRegions });
  return ProviderKey.fromReplica(scope, id, secretName);
}

/** What the file lacks for the hosts of a list, once for each kind of them. */
export function lackingFor<Entry extends { readonly host: string }>(
  list: string,
  entries: readonly Entry[],
  kindOf: (entry: Entry) => Pick<ChainHostKind<Entry>, 'lacks'>,
  surroundings: HostSurroundings,
): string[] {
  return entries.flatMap((entry, index) => {
    const isFirst = entries.findIndex(({ host }) => host === entry.host) === index;
    return (isFirst && kindOf(entry).lacks?.(surroundings, `${list}[${index}]`)) || [];
  });
}
