import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { hostEntries, type HostSchema, keys } from '../host-schema';
import type { OpenaiHostConfig } from '../../../lib/contract';

export const openaiSchema = {
  config: object('the OpenAI wire', { ...hostEntries, kind: v.literal('openai'), keys: v.optional(keys) }),
  problem: ({ endpoint, keys: own }: OpenaiHostConfig) =>
    endpoint === undefined && own === undefined
      ? (['keys', 'missing; api.openai.com takes no request without one'] as const)
      : undefined,
} satisfies HostSchema<OpenaiHostConfig>;
