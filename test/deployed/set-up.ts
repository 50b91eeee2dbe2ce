import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { OpenServer } from '../../local/loopback/open-server';
import { awsClients, type Aws } from './aws';
import { startEmulator, type Emulator } from './emulator/start-emulator';
import { startDeployedGateway, type DeployedGateway, type RunOptions } from './gateway/start-deployed-gateway';
import { startAwsDoor } from './iam/aws-door';
import type { Policies } from './iam/account-policies';
import { createIam, type Iam } from './iam/iam';
import { accessOf } from './iam/lambda-role';
import { readFunction } from './runtime/deployed-function';
import { createFunctionPool, type FunctionPool } from './runtime/function-pool';
import { createCdk, createNeighbours, type Deployment } from './stack/cdk';
import { ANTHROPIC_KEYS, FOUNDRY_KEY, startChain, type SimulatedChain } from './stack/simulated-chain';
import { ASSET_BUCKET } from './stack/test-config';
import { installTools, type Tools } from './tools';

/** An empty account, hosts to call, and what deploys into the one and runs against the others. */
export interface SetUp {
  /** Folder for whatever has to be a file. */
  readonly scratch: string;
  readonly tools: Tools;
  readonly emulator: Emulator;
  readonly aws: Aws;
  /** What the functions may do, by the policies that are deployed. */
  readonly iam: Iam;
  /** The emulator, behind what asks IAM. */
  readonly awsUrl: string;
  readonly chain: SimulatedChain;
  readonly cdk: ReturnType<typeof createCdk>;
  readonly neighbours: ReturnType<typeof createNeighbours>;
  /** Puts the hosts' keys where the stack has placeholders. */
  storeKeys(): Promise<void>;
  /** Runs what is deployed. */
  run(deployment: Deployment, options: RunOptions): Promise<DeployedGateway>;
  /** One deployed function, by itself: a process that can be called again and again. */
  start(arn: string, options?: StartOptions): Promise<FunctionPool>;
  /** Runs a function once, as whatever calls it does. */
  invoke(arn: string, event: object, options?: StartOptions): Promise<Invoked>;
  close(): Promise<void>;
}

export interface StartOptions {
  /** Lines that it logs. @default - nobody reads them */
  readonly onLine?: (line: string) => void;
  /** Variables instead of those that are deployed. @default - exactly those that are deployed */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the services are that the emulator does not have, by what requests to them are signed for. @default - nowhere */
  readonly services?: Readonly<Record<string, string>>;
}

export interface Invoked {
  readonly result: unknown;
  readonly lines: readonly string[];
}

/** What the emulator leaves to the tests. */
export interface LeftOutside {
  /** Answers for it. */
  readonly url: string;
  /** By the ARN of the bucket: the emulator would not understand them. */
  bucketPolicies(): Policies;
}

export async function setUp(outside?: LeftOutside): Promise<SetUp> {
  const tools = await installTools();
  const scratch = await mkdtemp(join(tmpdir(), 'deployed-'));
  const emulator = await startEmulator(tools.python, outside?.url);
  const iam = createIam(tools.python, emulator.url, outside?.bucketPolicies);
  const doors = new Map<string, OpenServer>();
  const doorTo = async (services: Readonly<Record<string, string>> = {}): Promise<string> => {
    const key = JSON.stringify(services);
    const door = doors.get(key) ?? (await startAwsDoor(iam, (service) => services[service] ?? emulator.url));
    doors.set(key, door);
    return door.url;
  };
  const awsUrl = await doorTo();
  const chain = await startChain(iam);
  const aws = awsClients(emulator.url);
  await aws.s3.createBucket({ Bucket: ASSET_BUCKET });
  const start = async (arn: string, options: StartOptions = {}): Promise<FunctionPool> => {
    const { environment, onLine = () => {}, services } = options;
    const deployed = await readFunction(aws, tools.python, arn, scratch);
    const fn = { ...deployed, environment: { ...deployed.environment, ...environment } };
    const access = await accessOf(iam, fn, await doorTo(services));
    return createFunctionPool(fn, { poolSize: 1, runtimeClient: tools.runtimeClient, access, onLine });
  };
  return {
    scratch,
    tools,
    emulator,
    aws,
    iam,
    awsUrl,
    chain,
    cdk: createCdk(emulator, scratch, iam.forget),
    neighbours: createNeighbours(emulator, scratch),
    storeKeys: async () => {
      await putKey(aws, 'anthropic', ANTHROPIC_KEYS[0]);
      await putKey(aws, 'foundry', FOUNDRY_KEY);
    },
    run: ({ outputs }, options) => {
      const apiUrl = Object.entries(outputs).find(([name]) => /Url/.test(name))?.[1] ?? '';
      return startDeployedGateway({ aws, awsUrl, iam, tools, apiUrl, scratch, ...options });
    },
    start,
    async invoke(arn, event, options) {
      const lines: string[] = [];
      const one = await start(arn, { ...options, onLine: (line) => lines.push(line) });
      try {
        return { result: await json(await one.invoke(event)), lines };
      } finally {
        await one.close();
      }
    },
    async close() {
      await chain.close();
      for (const door of doors.values()) await door.close();
      await emulator.close();
      await rm(scratch, { recursive: true });
    },
  };
}

/** As an owner does after the deployment. A host that is not deployed has no secret. */
export async function putKey({ secretsManager }: Aws, host: string, key: string): Promise<void> {
  const { SecretList = [] } = await secretsManager.listSecrets({});
  for (const { ARN, Name } of SecretList) {
    // Logical ids have no dashes: `Key-anthropic-1`.
    if (!Name?.includes(`Key${host}1`)) continue;
    await secretsManager.putSecretValue({ SecretId: ARN, SecretString: key });
  }
}
