import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../../lambda/gateway/config/config-json-schema';

it('is the file in docs; run `npm run docs:config` after a change', () => {
  const committed = readFileSync(join(__dirname, '../../docs/router-config.schema.json'), 'utf8');
  expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toBe(committed);
});

it('describes every part of the configuration', () => {
  expect(configJsonSchema()).toMatchObject({
    required: ['hosts', 'models', 'routes'],
    additionalProperties: false,
    properties: { routes: { items: { properties: { chain: { description: expect.stringContaining('order') } } } } },
  });
});
