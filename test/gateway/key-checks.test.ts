import type { RouterConfig } from '../../lib/contract';
import { createRouter } from '../../lambda/gateway/create-router';

const config: RouterConfig = {
  hosts: [{ name: 'anthropic', kind: 'anthropic', keys: [{ env: 'FIRST_KEY' }, { env: 'SECOND_KEY' }] }],
  models: ['claude-opus-5-5'],
  routes: [{ chain: ['anthropic'] }],
};

test('a key the environment lacks stops the start, with its place and its name', () => {
  expect(() => createRouter(config, { FIRST_KEY: 'sk-ant-1', SECOND_KEY: ' ' })).toThrow(
    'hosts[0].keys[1]: the environment variable SECOND_KEY is not set; set it, or take the key out',
  );
});

test('with all its keys the router starts', () => {
  expect(() => createRouter(config, { FIRST_KEY: 'sk-ant-1', SECOND_KEY: 'sk-ant-2' }).close()).not.toThrow();
});
