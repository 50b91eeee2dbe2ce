import { HOST_KINDS, type HostConfig, type HostKind } from '../../lib/contract';
import { KINDS_OF_HOST } from './create-host';
import type { HostSchema } from './host-schema';

type HostSchemas = { readonly [Kind in HostKind]: (typeof KINDS_OF_HOST)[Kind]['schema'] };

/** What each kind of host is configured by: the configuration's schema is made of these. */
export const HOST_SCHEMAS = Object.fromEntries(
  HOST_KINDS.map((kind) => [kind, KINDS_OF_HOST[kind].schema]),
) as HostSchemas;

/** Of the kind that the host is. */
export const schemaOf = <Config extends HostConfig>(config: Config): HostSchema<Config> =>
  HOST_SCHEMAS[config.kind] as unknown as HostSchema<Config>;
