import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { type HostSchema, keys } from '../host-schema';
import { otherHostEntries } from '../other/host-entries';
import type { OpenaiHostConfig } from '../../../lib/contract';

export const openaiSchema = {
  config: object('the OpenAI wire', { ...otherHostEntries, kind: v.literal('openai'), keys: v.optional(keys) }),
  problem: ({ endpoint, keys: own }: OpenaiHostConfig) =>
    endpoint === undefined && own === undefined
      ? (['keys', 'missing; api.openai.com takes no request without one'] as const)
      : undefined,
} satisfies HostSchema<OpenaiHostConfig>;
