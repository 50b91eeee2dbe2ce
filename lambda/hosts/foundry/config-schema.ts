import * as v from 'valibot';
import { FOUNDRY_HOSTINGS, FOUNDRY_RESOURCE } from '../../../lib/contract';
import { object, oneOf, pattern } from '../../schema/schema-parts';
import { hostEntries, keys } from '../host-schema';

export const foundrySchema = {
  config: object('Microsoft Foundry', {
    ...hostEntries,
    kind: v.literal('foundry'),
    resource: pattern(FOUNDRY_RESOURCE, 'name of the Foundry resource'),
    keys,
    hosting: v.optional(oneOf(FOUNDRY_HOSTINGS, 'who runs the deployment; default anthropic')),
  }),
};
