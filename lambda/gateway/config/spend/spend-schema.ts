import * as v from 'valibot';
import { isTimeZone } from '../../../../lib/contract/governance/spend-problems';
import { object, oneOf, wholeNumber } from '../../../schema/schema-parts';

const usd = (meaning: string) => {
  const right = `must be USD, a number above 0 and up to 1000000000: ${meaning}`;
  return v.optional(v.pipe(v.number(right), v.gtValue(0, right), v.maxValue(1e9, right), v.description(meaning)));
};

const amounts = {
  daily: usd('may be spent in a day'),
  weekly: usd('may be spent in a week, from Monday on'),
  monthly: usd('may be spent in a month'),
};
const limited = (who: string) => v.optional(object(`what ${who} may spend`, amounts));
const named = (who: string) =>
  v.optional(v.record(v.string(), object('what it may spend', amounts), `must be an object from ${who} to amounts`));

const zone = 'IANA name of a time zone, such as Europe/Berlin; default UTC';

export const clientSpendSchema = v.optional(
  object('what the client may spend', {
    ...amounts,
    perUser: limited('each of its users'),
    users: named("a user's id"),
  }),
);

export const spendSchema = v.optional(
  object('what may be spent, by the whole gateway', {
    ...amounts,
    perTeam: limited('each client that has no limits of its own'),
    perUser: limited('each user of each client'),
    models: named('a model'),
    timeZone: v.optional(
      v.pipe(v.string(`must be an ${zone}`), v.check(isTimeZone, `must be an ${zone}`), v.description(zone)),
    ),
    unknownPrice: v.optional(oneOf(['refuse', 'free'], 'what a model costs that has no list price; default refuse')),
    tableDown: v.optional(oneOf(['open', 'closed'], 'what becomes of requests without the table; default open')),
    share: v.optional(wholeNumber(1, 100, 'percent of every limit that is for this region; default 100')),
  }),
);
