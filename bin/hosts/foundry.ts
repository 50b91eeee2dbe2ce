import * as v from 'valibot';
import { object, oneOf, text } from '../../lambda/schema/schema-parts';
import { FOUNDRY_HOSTINGS } from '../../lib/contract';
import { FoundryHosting } from '../../lib/hosts/foundry/foundry-host-props';
import { Host } from '../../lib/hosts/host';
import { member } from '../member';
import { type ChainHostKind, namedHost, type NamedHost, providerKeys } from './chain-host';

export interface FoundryChainHost extends NamedHost {
  readonly host: 'foundry';
  /** Name of the Foundry resource. */
  readonly resource: string;
  /** Who runs the deployment. @default 'anthropic' */
  readonly hosting?: `${FoundryHosting}`;
}

export const foundry = {
  schema: object('Microsoft Foundry', {
    host: v.literal('foundry'),
    ...namedHost,
    resource: text('name of the Foundry resource'),
    hosting: v.optional(oneOf(FOUNDRY_HOSTINGS, 'who runs the deployment; default anthropic')),
  }),
  create: ({ name = 'foundry', endpoint, resource, hosting = 'anthropic' }, stack) =>
    Host.foundry({
      name,
      endpoint,
      resource,
      hosting: member(FoundryHosting, hosting),
      keys: providerKeys(stack, name),
    }),
} satisfies ChainHostKind<FoundryChainHost>;
