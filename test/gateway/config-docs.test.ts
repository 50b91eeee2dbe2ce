import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGETS, ENV, METRICS_NAMESPACE, STEERING_HEADERS } from '../../lib/contract';
import { problems } from './small-config';

const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json);

it('gives examples that the router takes', () => {
  const complete = examples.filter((json) => json.includes('"hosts"'));
  expect(complete).toHaveLength(2);
  expect(complete.flatMap(problems)).toEqual([]);
});

it.each(['deadlineMs', 'headersMs', 'firstContentMs', 'idleMs', 'pingAfterMs', 'maxAttempts'] as const)(
  'shows %s of each budget preset as it is',
  (field) => {
    const { realtime, interactive, batch } = BUDGETS;
    const numbers = [realtime, interactive, batch].map((budget) => `${budget[field]} +\\| +`).join('');
    expect(page).toMatch(new RegExp(`\\| \`${field}\` +\\| +${numbers}`));
  },
);

it.each([ENV.CONFIG, METRICS_NAMESPACE, ...Object.values(STEERING_HEADERS)])('names %s', (name) => {
  expect(page).toContain(`\`${name}\``);
});
