import { ENV, type HostConfig, type OrderConfig, type RouterConfig } from '../../../lib/contract';
import { MODEL } from './traffic';

export const TABLE = 'health';
export const AWS = 'http://aws.scripted';
export const GOOGLE = 'http://google.scripted/token';

export const hostAt = (name: string): string => `${name}.scripted`;
const endpoint = (name: string): string => `http://${hostAt(name)}`;

/** As in the README's chain: two clouds behind Anthropic, one of them twice. Every setting is the default. */
export const HOSTS = {
  anthropic: {
    name: 'anthropic',
    kind: 'anthropic',
    endpoint: endpoint('anthropic'),
    keys: [{ env: 'SCRIPTED_KEY' }],
  },
  'bedrock-a': { name: 'bedrock-a', kind: 'bedrock', region: 'us-east-1', endpoint: endpoint('bedrock-a') },
  'bedrock-b': {
    name: 'bedrock-b',
    kind: 'bedrock',
    region: 'us-west-2',
    profile: 'us',
    endpoint: endpoint('bedrock-b'),
  },
  vertex: {
    name: 'vertex',
    kind: 'vertex',
    project: 'scripted',
    location: 'global',
    endpoint: endpoint('vertex'),
    federation: { audience: '//iam.googleapis.com/scripted', tokenUrl: GOOGLE },
  },
} as const satisfies Record<string, HostConfig>;
export type HostName = keyof typeof HOSTS;

export const CHAIN = Object.keys(HOSTS) as HostName[];

export function routerConfig(chain: readonly HostName[], order: OrderConfig): RouterConfig {
  return {
    hosts: chain.map((name) => HOSTS[name]),
    models: [MODEL],
    routes: [{ chain, ...(order !== 'listed' && { order }) }],
    telemetry: { logs: false, metrics: false },
  };
}

const KEYS = {
  SCRIPTED_KEY: 'scripted-key',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'scripted',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: AWS,
};

export const ALONE: Readonly<Record<string, string>> = KEYS;
export const SHARING: Readonly<Record<string, string>> = { ...KEYS, [ENV.HEALTH_TABLE]: TABLE };
