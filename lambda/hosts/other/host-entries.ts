import * as v from 'valibot';
import { object, text } from '../../schema/schema-parts';
import { hostEntries } from '../host-schema';

const usd = (meaning: string) => {
  const right = `must be USD per million tokens, 0 or more: ${meaning}`;
  return v.pipe(v.number(right), v.minValue(0, right), v.description(meaning));
};

/** What every kind of host has whose models are not in the model table. */
export const otherHostEntries = {
  ...hostEntries,
  servedIn: v.optional(text('geography in which its requests are served: eu, us, jp or au')),
  prices: v.optional(
    v.record(
      v.string(),
      object('price of a model', {
        input: usd('of its input'),
        output: usd('of its output'),
        cacheRead: v.optional(usd('of input that comes from a cache; default as any other')),
      }),
      'must be an object from model, as models and lastResort name it, to its price',
    ),
  ),
};
