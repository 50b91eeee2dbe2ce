import type { RouteConfig } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { planLinks, type PlannedLinks } from '../../lambda/gateway/plan/plan-links';
import { createParts } from '../../lambda/gateway/plan/router-parts';
import { systemClock } from '../../lambda/runtime/system-clock';
import { anthropic, bedrock, small } from './small-config';

const MODELS = ['claude-opus-5-5', 'claude-opus-5', 'claude-haiku-5-5'];
const ROUTE: RouteConfig = {
  chain: ['anthropic', 'bedrock'],
  lastResort: [
    { host: 'vllm', model: 'qwen3' },
    { host: 'bedrock', model: 'claude-haiku-5-5' },
  ],
  onRefusal: ['claude-opus-5', 'claude-haiku-5-5'],
};
const vllm = { name: 'vllm', kind: 'messages', endpoint: 'http://vllm:8000', auth: 'none' };
const config = parseConfig(small({ hosts: [anthropic, bedrock, vllm], models: MODELS, routes: [ROUTE] }));
const { models, configuredHosts } = createParts(config, { ANTHROPIC_API_KEY: 'sk-ant-1' }, systemClock);
const hosts = configuredHosts();

function planned(steering = {}, mayBeOther = true) {
  const asked = { id: 'claude-opus-5-5', scope: 'claude-opus-5-5', mayBeOther };
  const links = planLinks({ models, hosts }, ROUTE, steering, asked);
  const named = (which: keyof PlannedLinks) => links[which].map(({ host, model }) => `${host.name}:${model}`);
  return { chain: named('chain'), lastResort: named('lastResort'), onRefusal: named('onRefusal') };
}
const CHAIN = ['anthropic:claude-opus-5-5', 'bedrock:claude-opus-5-5'];

it('other models come after the chain, and for a refusal each at the clouds alone', () => {
  expect(planned()).toEqual({
    chain: CHAIN,
    lastResort: ['vllm:qwen3', 'bedrock:claude-haiku-5-5'],
    onRefusal: ['bedrock:claude-opus-5', 'bedrock:claude-haiku-5-5'],
  });
});

it('without consent there are none', () => {
  expect(planned({}, false)).toEqual({ chain: CHAIN, lastResort: [], onRefusal: [] });
});

it('a host that is skipped is skipped there too', () => {
  expect(planned({ skip: 'vllm' }).lastResort).toEqual(['bedrock:claude-haiku-5-5']);
  expect(planned({ skip: 'bedrock' })).toEqual({ chain: CHAIN.slice(0, 1), lastResort: ['vllm:qwen3'], onRefusal: [] });
});

it('who names hosts gets those, and of one that only other models are asked of its own', () => {
  expect(planned({ only: 'vllm' })).toMatchObject({ chain: ['vllm:qwen3'], lastResort: [] });
  expect(planned({ chain: 'vllm, bedrock' }).chain).toEqual(['vllm:qwen3', 'bedrock:claude-opus-5-5']);
  expect(planned({ only: 'vllm' }, false).chain).toEqual(['vllm:claude-opus-5-5']);
});
