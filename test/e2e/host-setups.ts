import type { HostConfig, HostKind } from '../../lib/contract';
import { SIMULATED_GOOGLE, type AwsSide, type GoogleSide, type SimulatedHostOptions } from '../../local/hosts';

/** Every secret the router holds. None of them may be seen anywhere but at its own host. */
export const ENV = {
  ANTHROPIC_KEY: 'sk-ant-simulated-first-anthropic-key',
  ANTHROPIC_SECOND_KEY: 'sk-ant-simulated-second-anthropic-key',
  FOUNDRY_KEY: 'simulated-foundry-key',
  AWS_ACCESS_KEY_ID: 'AKIDSIMULATED',
  AWS_SECRET_ACCESS_KEY: 'simulated-aws-secret',
  AWS_SESSION_TOKEN: 'simulated-aws-session',
  AWS_REGION: 'us-east-1',
};

/** Lets in the router's role, by the credentials above. */
export const GOOGLE: GoogleSide = {
  ...SIMULATED_GOOGLE,
  sessions: [
    {
      accessKeyId: ENV.AWS_ACCESS_KEY_ID,
      secretAccessKey: ENV.AWS_SECRET_ACCESS_KEY,
      sessionToken: ENV.AWS_SESSION_TOKEN,
      arn: `${SIMULATED_GOOGLE.letsIn[0]}/router-function`,
    },
  ],
};

/** The same role at the hosts in AWS, with a session token or without: not every gateway of the comparison sends one. */
export const AWS: AwsSide = { sessions: GOOGLE.sessions.map(({ sessionToken: _any, ...session }) => session) };

/** A way to serve a model: Bedrock has two. */
export type HostName = HostKind | 'bedrock-invoke';

interface HostSetup {
  readonly simulated: Partial<SimulatedHostOptions> & Pick<SimulatedHostOptions, 'kind'>;
  readonly config: (endpoint: string) => HostConfig;
}

export const HOST_SETUPS: Readonly<Record<HostName, HostSetup>> = {
  anthropic: {
    simulated: { kind: 'anthropic', key: [ENV.ANTHROPIC_KEY, ENV.ANTHROPIC_SECOND_KEY] },
    config: (endpoint) => ({ name: 'anthropic', kind: 'anthropic', endpoint, keys: [{ env: 'ANTHROPIC_KEY' }] }),
  },
  bedrock: {
    simulated: { kind: 'bedrock', region: 'us-east-1' },
    config: (endpoint) => ({ name: 'bedrock', kind: 'bedrock', endpoint, region: 'us-east-1', door: 'messages' }),
  },
  'bedrock-invoke': {
    simulated: { kind: 'bedrock', region: 'us-west-2' },
    config: (endpoint) => ({ name: 'bedrock-invoke', kind: 'bedrock', endpoint, region: 'us-west-2', door: 'invoke' }),
  },
  vertex: {
    simulated: { kind: 'vertex' },
    config: (endpoint) => ({
      name: 'vertex',
      kind: 'vertex',
      endpoint,
      project: 'simulated-project',
      location: 'global',
      federation: {
        audience: SIMULATED_GOOGLE.audience,
        serviceAccount: 'router@simulated-project.iam.gserviceaccount.com',
        tokenUrl: `${endpoint}/v1/token`,
        iamEndpoint: endpoint,
      },
    }),
  },
  foundry: {
    simulated: { kind: 'foundry', key: ENV.FOUNDRY_KEY },
    config: (endpoint) => ({
      name: 'foundry',
      kind: 'foundry',
      endpoint,
      resource: 'simulated',
      keys: [{ env: 'FOUNDRY_KEY' }],
    }),
  },
  'claude-platform-aws': {
    simulated: { kind: 'claude-platform-aws', region: 'us-east-1' },
    config: (endpoint) => ({
      name: 'claude-platform-aws',
      kind: 'claude-platform-aws',
      endpoint,
      region: 'us-east-1',
      workspaceId: 'wrkspc_simulated',
    }),
  },
};

export const HOST_NAMES = Object.keys(HOST_SETUPS) as HostName[];
