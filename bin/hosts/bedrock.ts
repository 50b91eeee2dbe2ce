import * as v from 'valibot';
import { object, oneOf, pattern, text } from '../../lambda/schema/schema-parts';
import { BEDROCK_PROFILES, FORMS } from '../../lib/contract';
import { BedrockInferenceProfile } from '../../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../../lib/hosts/bedrock/bedrock-profile';
import { Host } from '../../lib/hosts/host';
import { member } from '../member';
import { type ChainHostKind, namedHost, type NamedHost } from './chain-host';

export interface BedrockChainHost extends NamedHost {
  readonly host: 'bedrock';
  /** Source region, whose quota is used. @default - the stack's region */
  readonly region?: string;
  /** Where Bedrock may run a request. @default 'global' */
  readonly profile?: `${BedrockProfile}`;
  /** Cost allocation tags: gives every model an application inference profile that carries them. @default - none */
  readonly costTags?: Readonly<Record<string, string>>;
}

export const bedrock = {
  schema: object('Amazon Bedrock', {
    host: v.literal('bedrock'),
    ...namedHost,
    region: v.optional(pattern(...FORMS.awsRegion)),
    profile: v.optional(oneOf(BEDROCK_PROFILES, 'cross-region inference profile; default global')),
    costTags: v.optional(
      v.record(v.string(), text('value of the tag'), 'must be an object from tag to value: cost allocation tags'),
    ),
  }),
  create: ({ name, endpoint, region, profile = 'global', costTags: tags }, { scope, models }) => {
    const shared = { region, profile: member(BedrockProfile, profile) };
    const id = name ?? [region, profile].filter((part) => part !== undefined).join('-');
    const inferenceProfiles =
      tags &&
      models.map((model) => new BedrockInferenceProfile(scope, `Profile-${id}-${model}`, { ...shared, model, tags }));
    return Host.bedrock({ ...shared, name, endpoint, inferenceProfiles });
  },
} satisfies ChainHostKind<BedrockChainHost>;
