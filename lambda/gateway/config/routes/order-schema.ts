import * as v from 'valibot';
import { DAYS, ORDER_NAMES } from '../../../../lib/contract';
import { list, object, oneOf, text } from '../../../schema/schema-parts';

const RIGHT =
  'must be "listed", "fastest", "cheapest", {"weights": {"<host>": <percent>}} or {"cheapest": {"priceFactors": {"<host>": <factor>}}}';

const byHost = (meaning: string) => {
  const right = `must be an object from host to number: ${meaning}`;
  return v.pipe(v.record(v.string(), v.number(right), right), v.description(meaning));
};

/** How a chain is arranged for a conversation, in the router's configuration and in that of the stack. */
export const orderSchema = v.pipe(
  v.union(
    [
      oneOf(ORDER_NAMES, 'order'),
      object('shares of the conversations', {
        weights: byHost('percent of the conversations that begin at the host; all add up to 100'),
      }),
      object('the cheapest host first', {
        cheapest: object('what is known of prices', {
          priceFactors: byHost('what the host takes, as a factor of its list price; default 1'),
        }),
      }),
    ],
    RIGHT,
  ),
  v.description('how the chain is arranged for a conversation; default listed'),
);

/** When a route is open. */
export const hoursSchema = object('when the route is open, by the clock on the wall of a time zone', {
  from: text('first minute, HH:MM'),
  to: text('first minute after it, HH:MM; earlier than from: on the next day'),
  zone: text('time zone, such as Europe/Berlin'),
  days: v.optional(list(oneOf(DAYS, 'day'), 'days on which the hours begin; default every day')),
});
