import fc from 'fast-check';
import type { ClientSpend, SpendAmounts, SpendConfig } from '../../../lib/contract';

/** Whole dollars, each period's at least the shorter one's. */
const amounts: fc.Arbitrary<Required<SpendAmounts>> = fc
  .array(fc.integer({ min: 1, max: 100_000 }), { minLength: 3, maxLength: 3 })
  .map((usd) => [...usd].sort((a, b) => a - b))
  .map(([daily, weekly, monthly]) => ({ daily: daily!, weekly: weekly!, monthly: monthly! }));
const user = fc.constantFrom('ann', 'bob@example.com', 'user 3');

export const anyTeamSpend: fc.Arbitrary<Required<ClientSpend>> = fc
  .record({ own: amounts, perUser: amounts, users: fc.dictionary(user, amounts, { minKeys: 1 }) })
  .map(({ own, ...rest }) => ({ ...own, ...rest }));

export const anySpend = (models: readonly string[]): fc.Arbitrary<Required<SpendConfig>> =>
  fc
    .record({
      own: amounts,
      perTeam: amounts,
      perUser: amounts,
      models: fc.dictionary(fc.constantFrom(...models), amounts, { minKeys: 1 }),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
      unknownPrice: fc.constantFrom('refuse', 'free'),
      tableDown: fc.constantFrom('open', 'closed'),
      share: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ own, ...rest }) => ({ ...own, ...rest }));
