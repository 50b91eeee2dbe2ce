import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { hostEntries, keys } from '../host-schema';

export const anthropicSchema = {
  config: object('api.anthropic.com', { ...hostEntries, kind: v.literal('anthropic'), keys }),
};
