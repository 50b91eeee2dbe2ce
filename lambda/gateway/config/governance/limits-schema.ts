import * as v from 'valibot';
import { object, wholeNumber } from '../../../schema/schema-parts';
import { limitEntries } from '../config-schema';

/** What few clients, or teams of the stack, have. */
export const minuteLimits = {
  requestsPerMinute: v.optional(wholeNumber(1, 10_000_000, 'requests in any minute')),
  tokensPerMinute: v.optional(wholeNumber(1, 1_000_000_000, 'tokens in any minute, of prompts and answers')),
  concurrent: v.optional(wholeNumber(1, 100_000, 'requests under way at a time')),
};

export const limitsSchema = object('how much this client may send', { ...limitEntries, ...minuteLimits });

export const fairQueueSchema = object('teams take turns where hosts cannot take all that comes', {
  concurrent: v.optional(
    wholeNumber(1, 100_000, 'requests for one model that one process has under way; default as many as hosts take'),
  ),
});
