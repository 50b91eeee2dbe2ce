import fc from 'fast-check';
import { hostBudget, resolveBudget } from '../../../lambda/engine/chain/budget';
import { type Budget, BUDGETS, type RouteConfig } from '../../../lib/contract';

const route: RouteConfig = { chain: ['anthropic'] };

function budgetOf(config: RouteConfig, header?: string): Budget {
  const budget = resolveBudget(config, header);
  if ('error' in budget) throw new Error(budget.error);
  return budget;
}

test('a route without a budget is interactive', () => {
  expect(budgetOf(route)).toEqual(BUDGETS.interactive);
});

test('a client that may steer gets the preset it names', () => {
  expect(budgetOf(route, ' realtime ')).toEqual(BUDGETS.realtime);
  expect(budgetOf({ ...route, budget: 'realtime' }, 'batch')).toEqual(BUDGETS.batch);
});

test('a client may name a deadline in milliseconds; then a host that stays silent still leaves time for two more', () => {
  expect(budgetOf(route, '9000')).toEqual({
    ...BUDGETS.interactive,
    deadlineMs: 9000,
    headersMs: 3000,
    firstContentMs: 3000,
    idleMs: 9000,
  });
});

test('no client gets more than the route allows', () => {
  expect(budgetOf({ ...route, maxDeadlineMs: 60_000 }, 'batch').deadlineMs).toBe(60_000);
  expect(budgetOf({ ...route, maxDeadlineMs: 60_000 }, '70000').deadlineMs).toBe(60_000);
  expect(budgetOf(route, '9999999').deadlineMs).toBe(840_000);
});

test('what a route sets itself is taken as it is, the rest follows its preset and deadline', () => {
  expect(budgetOf({ ...route, budget: { preset: 'realtime', firstContentMs: 5000, maxAttempts: 2 } })).toEqual({
    ...BUDGETS.realtime,
    firstContentMs: 5000,
    maxAttempts: 2,
  });
  expect(budgetOf({ ...route, budget: { deadlineMs: 12_000, firstContentMs: 8000 } })).toMatchObject({
    headersMs: 4000,
    firstContentMs: 8000,
    idleMs: 12_000,
  });
});

test('a host with its own timers keeps them, within the deadline', () => {
  expect(hostBudget(BUDGETS.realtime, { headersMs: 5000, idleMs: 90_000 })).toEqual({
    ...BUDGETS.realtime,
    headersMs: 5000,
    idleMs: 30_000,
  });
  expect(hostBudget(BUDGETS.realtime, undefined)).toBe(BUDGETS.realtime);
});

test.each(['fast', '', '-5', '0', '1.5', '12s', 'constructor', '99999999999', '1e3', '1', '900', '999'])(
  'the budget "%s" is answered with what is allowed',
  (asked) => {
    expect(resolveBudget(route, asked)).toEqual({
      error:
        `x-failover-budget: "${asked}" is not a budget. ` +
        'Use one of realtime, interactive, batch, or a deadline in whole milliseconds, of 1000 or more, e.g. 20000.',
    });
  },
);

test('no timer is ever longer than the deadline, whatever is asked for', () => {
  // In less than a second no host can be given a fair chance.
  const header = fc.option(fc.integer({ min: 1000, max: 1_000_000 }), { nil: undefined });
  const timer = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined });
  const own = fc
    .record({ deadlineMs: timer, headersMs: timer, firstContentMs: timer, idleMs: timer })
    .map((timers) => Object.fromEntries(Object.entries(timers).filter(([, ms]) => ms !== undefined)));
  fc.assert(
    fc.property(own, own, header, (budget, timeouts, asked) => {
      const { deadlineMs, headersMs, firstContentMs, idleMs } = hostBudget(
        budgetOf({ ...route, budget }, asked === undefined ? undefined : String(asked)),
        timeouts,
      );
      expect(Math.max(headersMs, firstContentMs, idleMs)).toBeLessThanOrEqual(deadlineMs);
    }),
  );
});
