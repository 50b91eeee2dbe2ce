import * as v from 'valibot';
import { object, pattern } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';
import { Host } from '../../lib/hosts/host';
import type { ChainHostKind } from './chain-host';
import { lastResortEntry, type LastResortEntry } from './other-host';

export interface BedrockModelsOtherHost extends LastResortEntry {
  readonly host: 'bedrock-models';
  /** @default - the stack's region */
  readonly region?: string;
}

export const bedrockModels = {
  schema: object('other models on Amazon Bedrock', {
    host: v.literal('bedrock-models'),
    ...lastResortEntry,
    region: v.optional(pattern(...FORMS.awsRegion)),
  }),
  create: ({ name, region }, { prices }) => Host.bedrockModel({ name, region, prices }),
} satisfies ChainHostKind<BedrockModelsOtherHost>;
