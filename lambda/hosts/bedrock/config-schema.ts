import * as v from 'valibot';
import { geographyProblem } from '../../../lib/catalog/bedrock-geography';
import { BEDROCK_PROFILES, type BedrockHostConfig } from '../../../lib/contract';
import { object, oneOf } from '../../schema/schema-parts';
import { hostEntries, region } from '../host-schema';

export const bedrockSchema = {
  config: object('Amazon Bedrock', {
    ...hostEntries,
    kind: v.literal('bedrock'),
    region,
    profile: v.optional(oneOf(BEDROCK_PROFILES, 'cross-region inference profile; default global')),
    door: v.optional(oneOf(['auto', 'messages', 'invoke'], 'API of Bedrock that is called; default auto')),
  }),
  problem: (host: BedrockHostConfig) => {
    const problem = geographyProblem(host.region, host.profile ?? 'global');
    return problem === undefined ? undefined : (['profile', problem] as const);
  },
};
