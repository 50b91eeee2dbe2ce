import * as v from 'valibot';
import { HOST_KINDS, type HostKind, KIND_FACTS } from '../../../lib/contract';
import { flag, list, object, text } from '../../schema/schema-parts';

const modelId = (kind: HostKind) => v.optional(text(KIND_FACTS[kind].modelId));
const modelIds = Object.fromEntries(HOST_KINDS.map((kind) => [kind, modelId(kind)])) as Record<
  HostKind,
  ReturnType<typeof modelId>
>;

/** A model, by its name or described. */
export const model = v.union(
  [
    text('model id or alias from the model table'),
    object('a model the table does not know, or knows differently', {
      id: text("Anthropic's id"),
      displayName: v.optional(text('name for people')),
      aliases: v.optional(list(text('other name of the model'), 'other names')),
      on: object('id on each kind of host; a missing kind has no equivalent', modelIds),
      bedrockMessages: v.optional(flag("Bedrock's native Messages door serves it; default false")),
    }),
  ],
  'must be a model id such as "claude-opus-5-5", or {"id": "...", "on": {"anthropic": "..."}}',
);
