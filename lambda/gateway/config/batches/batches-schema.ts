import * as v from 'valibot';
import { BATCH_LIMITS } from '../../../../lib/contract/batches/batch-names';
import { millis, object } from '../../../schema/schema-parts';

const usd = 'must be a number of USD, 0 or more: what the router may spend a day, at full price';
export const fullPriceUsdPerDay = v.pipe(
  v.number(usd),
  v.minValue(0, usd),
  v.description('what the router may spend a day, by UTC, on what no batch of a host has answered; default 0, never'),
);

/** Message Batches that fail over. */
export const batchesSchema = object('Message Batches that fail over', {
  patienceMs: v.optional(
    millis(...BATCH_LIMITS.patienceMs, 'how long one host may take before the next is asked; default 43200000'),
  ),
  fullPriceUsdPerDay: v.optional(fullPriceUsdPerDay),
});
