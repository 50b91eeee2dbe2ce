import { createHash, randomBytes } from 'node:crypto';
import type { HostConfig } from '../../lib/contract';
import type { DemoChain } from './demo-chain';
import { servedBy } from './simulated-chain';

type Env = Readonly<Record<string, string | undefined>>;

interface Found {
  readonly title: string;
  readonly detail: string;
  readonly config: HostConfig;
}

interface Source {
  readonly title: string;
  /** What to set for it. */
  readonly needs: string;
  find(env: Env): readonly Found[];
}

const AWS_CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
] as const;

const SOURCES: readonly Source[] = [
  {
    title: 'Anthropic API',
    needs: 'ANTHROPIC_API_KEY',
    find: ({ ANTHROPIC_API_KEY }) =>
      ANTHROPIC_API_KEY
        ? [
            {
              title: 'Anthropic API',
              detail: 'api.anthropic.com',
              config: { kind: 'anthropic', name: 'anthropic', keys: [{ env: 'ANTHROPIC_API_KEY' }] },
            },
          ]
        : [],
  },
  {
    title: 'Amazon Bedrock',
    needs: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; AWS_REGION outside the US',
    find: (env) => {
      if (!AWS_CREDENTIALS.some((name) => env[name])) return [];
      return bedrockRegions(env).map((region) => ({
        title: 'Amazon Bedrock',
        detail: 'global profile',
        config: { kind: 'bedrock', name: `bedrock-${region}`, region },
      }));
    },
  },
  {
    title: 'Google Vertex AI',
    needs: 'GOOGLE_CLOUD_PROJECT, and `gcloud auth application-default login`',
    find: ({ GOOGLE_CLOUD_PROJECT: project }) =>
      project
        ? [
            {
              title: 'Google Vertex AI',
              detail: `global, project ${project}`,
              config: { kind: 'vertex', name: 'vertex', project, location: 'global' },
            },
          ]
        : [],
  },
];

function bedrockRegions({ AWS_REGION }: Env): readonly string[] {
  return AWS_REGION && !AWS_REGION.startsWith('us-') ? [AWS_REGION] : ['us-east-1', 'us-west-2'];
}

export interface RealChain extends DemoChain {
  /** Lines on the hosts that were not found, and what they need. */
  readonly missing: readonly string[];
}

/** The hosts for which there are credentials in the environment. Fails with a text that says what to set. */
export function findRealChain(env: Env): RealChain {
  const sources = SOURCES.map((source) => ({ ...source, found: source.find(env) }));
  const hosts = sources.flatMap(({ found }) => found);
  const missing = sources.filter(({ found }) => found.length === 0).map(({ title, needs }) => `${title}: set ${needs}`);
  if (hosts.length === 0) {
    throw new Error(
      `--real: no credentials for any host were found.\n${missing.map((line) => `  ${line}\n`).join('')}` +
        'Without --real, no credentials are needed.',
    );
  }
  // Whatever else runs on this machine, a page in a browser included, could reach the port and spend the user's money.
  const key = randomBytes(16).toString('hex');
  return {
    key,
    hosts: hosts.map(({ title, detail, config }) => ({ name: config.name, title, detail, simulated: undefined })),
    // The cheapest that all of them have.
    model: 'claude-haiku-5-5',
    yardstick: undefined,
    missing,
    config: {
      hosts: hosts.map(({ config }) => config),
      models: servedBy(hosts.map(({ config }) => config)),
      routes: [{ chain: hosts.map(({ config }) => config.name) }],
      clients: [{ name: 'you', keySha256: createHash('sha256').update(key).digest('hex') }],
      steering: ['chain', 'only', 'skip', 'commit', 'budget'],
      telemetry: { metrics: false },
    },
    close: async () => {},
  };
}
