import * as v from 'valibot';
import { object, text } from '../../schema/schema-parts';
import { hostEntries, region } from '../host-schema';

export const claudePlatformAwsSchema = {
  config: object('Claude Platform on AWS', {
    ...hostEntries,
    kind: v.literal('claude-platform-aws'),
    region,
    workspaceId: text('Anthropic workspace id'),
  }),
};
