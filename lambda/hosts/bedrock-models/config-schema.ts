import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { hostEntries, region } from '../host-schema';

export const bedrockModelsSchema = {
  config: object('other models on Bedrock', { ...hostEntries, kind: v.literal('bedrock-models'), region }),
};
