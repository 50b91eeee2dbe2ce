import {
  CLAUDE_KINDS,
  type ClaudeKind,
  type GoogleFederation,
  type HostConfig,
  type HostKind,
} from '../../lib/contract';
import { SIMULATED_GOOGLE, type AwsSide, type GoogleSide, type SimulatedHostOptions } from '../../local/hosts';

/** Every secret the router holds. None of them may be seen anywhere but at its own host. */
export const ENV = {
  ANTHROPIC_KEY: 'sk-ant-simulated-first-anthropic-key',
  ANTHROPIC_SECOND_KEY: 'sk-ant-simulated-second-anthropic-key',
  FOUNDRY_KEY: 'simulated-foundry-key',
  OTHER_KEY: 'simulated-other-key',
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

const federation = (endpoint: string): GoogleFederation => ({
  audience: SIMULATED_GOOGLE.audience,
  serviceAccount: 'router@simulated-project.iam.gserviceaccount.com',
  tokenUrl: `${endpoint}/v1/token`,
  iamEndpoint: endpoint,
});

const OTHER_KEYS = [{ env: 'OTHER_KEY' }];

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
      federation: federation(endpoint),
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
  messages: {
    simulated: { kind: 'messages', key: ENV.OTHER_KEY },
    config: (endpoint) => ({ name: 'messages', kind: 'messages', endpoint, keys: OTHER_KEYS }),
  },
  openai: {
    simulated: { kind: 'openai', key: ENV.OTHER_KEY },
    config: (endpoint) => ({ name: 'openai', kind: 'openai', endpoint: `${endpoint}/v1`, keys: OTHER_KEYS }),
  },
  'azure-openai': {
    simulated: { kind: 'azure-openai', key: ENV.OTHER_KEY },
    config: (endpoint) => ({
      name: 'azure-openai',
      kind: 'azure-openai',
      endpoint: `${endpoint}/openai/v1`,
      resource: 'simulated',
      keys: OTHER_KEYS,
    }),
  },
  'vertex-gemini': {
    simulated: { kind: 'vertex-gemini' },
    config: (endpoint) => ({
      name: 'vertex-gemini',
      kind: 'vertex-gemini',
      endpoint: `${endpoint}/v1/projects/simulated-project/locations/global/endpoints/openapi`,
      project: 'simulated-project',
      location: 'global',
      federation: federation(endpoint),
    }),
  },
  'bedrock-models': {
    simulated: { kind: 'bedrock-models', region: 'us-east-1' },
    config: (endpoint) => ({
      name: 'bedrock-models',
      kind: 'bedrock-models',
      endpoint: `${endpoint}/openai/v1`,
      region: 'us-east-1',
    }),
  },
};

/** Those that serve Claude's models. */
export const HOST_NAMES = (Object.keys(HOST_SETUPS) as HostName[]).filter(servesClaude);
export type ClaudeName = ClaudeKind | 'bedrock-invoke';

function servesClaude(name: HostName): name is ClaudeName {
  return (CLAUDE_KINDS as readonly HostKind[]).includes(HOST_SETUPS[name].simulated.kind);
}
