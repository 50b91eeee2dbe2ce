import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { region } from '../host-schema';
import { otherHostEntries } from '../other/host-entries';

export const bedrockModelsSchema = {
  config: object('other models on Bedrock', { ...otherHostEntries, kind: v.literal('bedrock-models'), region }),
};
