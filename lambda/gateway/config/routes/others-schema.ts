import * as v from 'valibot';
import { MAX_FALLBACKS } from '../../../../lib/contract';
import { hostName } from '../../../hosts/host-schema';
import { list, object, pattern, text } from '../../../schema/schema-parts';

/** What a route says of other models than the one asked for. */
export const othersSchema = {
  fallbacks: v.optional(
    v.pipe(
      list(
        text('model id or alias, or a host and a model, such as vertex/claude-haiku-5-5'),
        'models that are asked next',
      ),
      v.maxLength(MAX_FALLBACKS, `at most ${MAX_FALLBACKS} may be given: models that are asked next`),
    ),
  ),
  lastResort: v.optional(
    list(
      object('a host, and the model it is asked for there', {
        host: hostName,
        model: pattern(/^[\x21-\x7e]+$/, "one of the models, or the host's own id of any other, without blanks"),
      }),
      'other models, in the order in which they are tried when the chain is exhausted; for clients with last-resort',
    ),
  ),
  onRefusal: v.optional(list(text('model id or alias'), 'models that clouds are asked for where one refuses')),
  message: v.optional(text('what clients with last-resort are told when no host has an answer')),
};
