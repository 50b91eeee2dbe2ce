import * as v from 'valibot';
import { type AzureOpenaiHostConfig, FOUNDRY_RESOURCE } from '../../../lib/contract';
import { http, object, pattern, text } from '../../schema/schema-parts';
import { type HostSchema, key, keys } from '../host-schema';
import { otherHostEntries } from '../other/host-entries';

export const azureOpenaiSchema = {
  config: object('Azure OpenAI', {
    ...otherHostEntries,
    kind: v.literal('azure-openai'),
    resource: pattern(FOUNDRY_RESOURCE, 'name of the resource'),
    keys: v.optional(keys),
    entra: v.optional(
      object('an application of Microsoft Entra', {
        tenantId: text('id of the tenant'),
        clientId: text('id of the application'),
        secret: key,
        tokenUrl: v.optional(http("default: Microsoft's own")),
      }),
    ),
  }),
  problem: ({ keys: own, entra }: AzureOpenaiHostConfig) =>
    (own === undefined) === (entra === undefined) ? (['keys', 'give either these or "entra"'] as const) : undefined,
} satisfies HostSchema<AzureOpenaiHostConfig>;
