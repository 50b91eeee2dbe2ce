import { startSimulatedHost, type AwsSide, type SimulatedHost } from '../../../local/hosts';
import { bedrockAsks } from '../iam/bedrock-calls';
import type { Iam } from '../iam/iam';
import type { Endpoints, DeployedHostName } from './test-config';

const DELTA_DELAY_MS = 5;
/** What Anthropic has trouble with where it is in a batch. */
export const TROUBLE = 'sim: in a batch this meets trouble';
/** The first is in the secret at the start; the second is what it is rotated to. */
export const ANTHROPIC_KEYS = ['sk-ant-deployed-first', 'sk-ant-deployed-second'] as const;
export const FOUNDRY_KEY = 'deployed-foundry-key';

export interface SimulatedChain {
  /** The chain of the first deployment. */
  readonly first: Endpoints;
  /** The same with one host more. */
  readonly grown: Endpoints;
  host(name: DeployedHostName): SimulatedHost;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** The hosts that the deployed router talks to. Each has a port of its own, and checks keys and signatures. */
export async function startChain(iam: Iam): Promise<SimulatedChain> {
  const deltaDelayMs = DELTA_DELAY_MS;
  const hosts: Readonly<Record<DeployedHostName, SimulatedHost>> = {
    anthropic: await startSimulatedHost({
      kind: 'anthropic',
      name: 'anthropic',
      key: ANTHROPIC_KEYS,
      deltaDelayMs,
      batchMs: 300,
      batchTrouble: ({ messages }) => (JSON.stringify(messages).includes(TROUBLE) ? 'overloaded' : undefined),
    }),
    'bedrock-us-east-1': await startSimulatedHost({
      kind: 'bedrock',
      name: 'bedrock-us-east-1',
      region: 'us-east-1',
      aws: awsOf(iam, 'us-east-1'),
      deltaDelayMs,
    }),
    'bedrock-us-west-2': await startSimulatedHost({
      kind: 'bedrock',
      name: 'bedrock-us-west-2',
      region: 'us-west-2',
      aws: awsOf(iam, 'us-west-2'),
      deltaDelayMs,
    }),
    foundry: await startSimulatedHost({ kind: 'foundry', name: 'foundry', key: FOUNDRY_KEY, deltaDelayMs }),
  };
  const { foundry, ...others } = hosts;
  const first = Object.fromEntries(Object.entries(others).map(([name, { url }]) => [name, url]));
  const all = Object.values(hosts);
  return {
    first,
    grown: { ...first, foundry: foundry.url },
    host: (name) => hosts[name],
    heal: async () => void (await Promise.all(all.map((host) => host.setFault()))),
    close: async () => void (await Promise.all(all.map((host) => host.close()))),
  };
}

/** A region of Bedrock that knows the roles of the account, and asks IAM what they may do. */
const awsOf = (iam: Iam, region: string): AwsSide => ({
  sessions: iam.sessions,
  refuses: (session, request) => iam.refuses(session, bedrockAsks(request, region), region),
});
