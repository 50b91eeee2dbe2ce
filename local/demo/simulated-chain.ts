import type { HostConfig, RouterConfig } from '../../lib/contract';
import { MODELS } from '../../lib/catalog/models';
import { SIMULATED_GOOGLE, startSimulatedHost, type SimulatedHost } from '../hosts';
import type { DemoChain } from './demo-chain';

/** Deployed, a breaker opens for 10 s and a ramp stage lasts 20 s. Here one wants to see it before the coffee is cold. */
const PACES = {
  demo: { openMs: 4000, rampStageMs: 4000, headersMs: 2000, firstContentMs: 2500, idleMs: 2500 },
  quick: { openMs: 1000, rampStageMs: 1000, headersMs: 800, firstContentMs: 1000, idleMs: 1000 },
} as const;
const DEADLINE_MS = 20_000;
/** Between two deltas: an answer takes about a quarter of a second. */
const DELTA_DELAY_MS = 20;

/** No real credential may ever reach a simulated host, or be asked for. */
const SIMULATED_ENV = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: '',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  SIMULATED_KEY_1: 'sk-ant-simulated-1',
  SIMULATED_KEY_2: 'sk-ant-simulated-2',
} as const;

interface Place {
  readonly title: string;
  readonly detail: string;
  readonly region?: string;
  config(endpoint: string): HostConfig;
}

const PLACES: readonly Place[] = [
  {
    title: 'Anthropic API',
    detail: 'two keys',
    config: (endpoint) => ({
      kind: 'anthropic',
      name: 'anthropic',
      endpoint,
      keys: [{ env: 'SIMULATED_KEY_1' }, { env: 'SIMULATED_KEY_2' }],
    }),
  },
  {
    title: 'Amazon Bedrock',
    detail: 'global profile',
    region: 'us-east-1',
    config: (endpoint) => ({ kind: 'bedrock', name: 'bedrock-us-east-1', endpoint, region: 'us-east-1' }),
  },
  {
    title: 'Amazon Bedrock',
    detail: 'US profile',
    region: 'us-west-2',
    config: (endpoint) => ({
      kind: 'bedrock',
      name: 'bedrock-us-west-2',
      endpoint,
      region: 'us-west-2',
      profile: 'us',
    }),
  },
  {
    title: 'Google Vertex AI',
    detail: 'no stored Google key',
    config: (endpoint) => ({
      kind: 'vertex',
      name: 'vertex',
      endpoint,
      project: 'simulated',
      location: 'global',
      federation: { audience: SIMULATED_GOOGLE.audience, tokenUrl: `${endpoint}/v1/token` },
    }),
  },
];

/** Four simulated hosts on loopback. Puts their credentials into `env`, over whatever is there. */
export async function startSimulatedChain(
  options: { readonly quick: boolean },
  env: Record<string, string | undefined>,
): Promise<DemoChain> {
  Object.assign(env, SIMULATED_ENV);
  const { openMs, rampStageMs, ...timers } = PACES[options.quick ? 'quick' : 'demo'];
  const hosts = await Promise.all(
    PLACES.map(async ({ title, detail, region, config }) => {
      const { kind, name } = config('');
      const simulated = await startSimulatedHost({
        kind,
        name,
        deltaDelayMs: DELTA_DELAY_MS,
        ...(region && { region }),
      });
      return { name, title, detail, simulated, config: { ...config(simulated.url), breaker: { openMs, rampStageMs } } };
    }),
  );
  const yardstick = await startSimulatedHost({ kind: 'anthropic', name: 'yardstick', deltaDelayMs: DELTA_DELAY_MS });
  const all: readonly SimulatedHost[] = [...hosts.map(({ simulated }) => simulated), yardstick];
  return {
    hosts,
    model: 'claude-opus-5-5',
    key: 'anything',
    yardstick,
    config: {
      hosts: hosts.map(({ config }) => config),
      models: servedBy(hosts.map(({ config }) => config)),
      routes: [{ chain: hosts.map(({ name }) => name), budget: { deadlineMs: DEADLINE_MS, ...timers } }],
      steering: ['chain', 'only', 'skip', 'commit', 'budget'],
      telemetry: { metrics: false },
    },
    close: async () => void (await Promise.all(all.map((host) => host.close()))),
  };
}

/** The models that at least one of the hosts has. */
export function servedBy(hosts: readonly HostConfig[]): RouterConfig['models'] {
  return MODELS.filter(({ on }) => hosts.some(({ kind }) => on[kind] !== undefined)).map(({ id }) => id);
}
