import { RetryBudget } from '../../../lambda/engine/health/retry-budget';

/** Requests that all fail, and would all be retried. */
function retriesOf(budget: RetryBudget, requests: number): number {
  let retries = 0;
  for (let request = 0; request < requests; request += 1) {
    budget.deposit();
    if (budget.withdraw()) retries += 1;
  }
  return retries;
}

test('the first request of a host that nobody has asked yet may be retried', () => {
  expect(retriesOf(new RetryBudget(), 1)).toBe(1);
});

test('in an outage that lasts, a tenth of the requests is retried', () => {
  const budget = new RetryBudget();
  retriesOf(budget, 1);
  expect(retriesOf(budget, 1000)).toBeGreaterThanOrEqual(99);
  expect(retriesOf(budget, 1000)).toBeLessThanOrEqual(101);
});

test('of fifty requests to a host that is down, none but six are retried', () => {
  expect(retriesOf(new RetryBudget(), 50)).toBeLessThanOrEqual(6);
});

test('a host that was sound for long has saved up for ten retries, and for no more', () => {
  const budget = new RetryBudget();
  for (let request = 0; request < 100_000; request += 1) budget.deposit();
  let retries = 0;
  while (budget.withdraw()) retries += 1;
  expect(retries).toBe(10);
});

test('nothing is taken from an empty budget', () => {
  const budget = new RetryBudget();
  while (budget.withdraw());
  expect(budget.withdraw()).toBe(false);
  for (let request = 0; request < 9; request += 1) budget.deposit();
  expect(budget.withdraw()).toBe(false);
});
