import * as v from 'valibot';
import { geographyProblem } from '../../../lib/catalog/bedrock-geography';
import { BEDROCK_PROFILES, type BedrockHostConfig } from '../../../lib/contract';
import { object, oneOf, text } from '../../schema/schema-parts';
import { hostEntries, region } from '../host-schema';

export const bedrockSchema = {
  config: object('Amazon Bedrock', {
    ...hostEntries,
    kind: v.literal('bedrock'),
    region,
    profile: v.optional(oneOf(BEDROCK_PROFILES, 'cross-region inference profile; default global')),
    clientModels: v.optional(
      v.record(
        v.string(),
        v.record(
          v.string(),
          text('id of the model for this client'),
          'must be an object from model id to the id on this host',
        ),
        'must be an object from client name to ids of models',
      ),
    ),
    door: v.optional(oneOf(['auto', 'messages', 'invoke'], 'API of Bedrock that is called; default auto')),
  }),
  problem: (host: BedrockHostConfig) => {
    const problem = geographyProblem(host.region, host.profile ?? 'global');
    return problem === undefined ? undefined : (['profile', problem] as const);
  },
};
