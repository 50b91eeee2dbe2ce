import * as v from 'valibot';
import { object, text } from '../../lambda/schema/schema-parts';
import { Host } from '../../lib/hosts/host';
import { type ChainHostKind, providerKeys } from './chain-host';
import { otherHost, type OtherHost } from './other-host';

export interface AzureOpenaiOtherHost extends OtherHost {
  readonly host: 'azure-openai';
  /** Name of the Azure resource. */
  readonly resource: string;
  /** An application of Microsoft Entra instead of a key; its secret is the one that is made. @default - a key */
  readonly entra?: { readonly tenantId: string; readonly clientId: string };
}

export const azureOpenai = {
  schema: object('Azure OpenAI', {
    host: v.literal('azure-openai'),
    ...otherHost,
    resource: text('name of the Azure resource'),
    entra: v.optional(
      object('an application of Microsoft Entra', {
        tenantId: text('id of the tenant'),
        clientId: text('id of the application'),
      }),
    ),
  }),
  create: ({ name = 'azure-openai', servedIn, resource, entra }, stack) => {
    const { prices } = stack;
    const keys = providerKeys(stack, name);
    return Host.azureOpenai({
      name,
      servedIn,
      prices,
      resource,
      ...(entra ? { entra: { ...entra, secret: keys[0]! } } : { keys }),
    });
  },
} satisfies ChainHostKind<AzureOpenaiOtherHost>;
