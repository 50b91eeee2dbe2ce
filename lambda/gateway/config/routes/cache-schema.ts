import * as v from 'valibot';
import { LONGEST_CACHE_SECONDS } from '../../../../lib/contract/routes/cache';
import { flag, object, wholeNumber } from '../../../schema/schema-parts';

const seconds = (meaning: string) => wholeNumber(1, LONGEST_CACHE_SECONDS, `seconds, ${meaning}`);

/** What of a route's answers is given again, in the router's configuration and in that of the stack. */
export const cacheSchema = object('answers that are given again to equal requests', {
  ttlSeconds: seconds('how old an answer may be'),
  staleSeconds: v.optional(
    seconds('how much older one may be that is given when every host has failed; default none is'),
  ),
  shared: v.optional(flag("one client may get what another's request was answered with; default false")),
  onRequest: v.optional(flag('only for requests that ask for it by x-failover-cache; default false')),
  epoch: v.optional(wholeNumber(0, 1_000_000_000, 'another number forgets everything that was kept; default 0')),
});
