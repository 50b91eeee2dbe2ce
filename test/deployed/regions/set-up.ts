import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIMULATED_SESSION, startSimulatedHost, type SimulatedHost } from '../../../local/hosts';
import { awsClients, type Aws } from '../aws';
import { startEmulator } from '../emulator/start-emulator';
import { readApi } from '../gateway/deployed-api';
import { startDoor } from '../gateway/front-door';
import { createUsage } from '../gateway/usage';
import { readFunction } from '../runtime/deployed-function';
import { createFunctionPool, type FunctionPool } from '../runtime/function-pool';
import { createRegions } from '../stack/cdk';
import { ASSET_BUCKET, type Endpoints } from '../stack/test-config';
import { installTools, type Tools } from '../tools';
import { startEdge } from './edge';
import { PAIR_REGIONS, type PairRegion, stackOf, ZONE } from './names';
import { type RegionDoor, startRegionDoor } from './region-door';

const ANTHROPIC_KEY = 'sk-ant-both-regions';

export interface RegionSetUp {
  readonly aws: Readonly<Record<PairRegion, Aws>>;
  readonly door: RegionDoor;
  readonly zoneId: string;
  readonly cdk: ReturnType<typeof createRegions>;
  readonly hosts: Readonly<Record<'anthropic' | `bedrock-${PairRegion}`, SimulatedHost>>;
  /** Puts the key of Anthropic where the first region has a placeholder. */
  storeKey(): Promise<void>;
  /** Runs what is deployed in that region, and lets it be reached at an address of its own. */
  run(region: PairRegion, port?: number): Promise<RunningRegion>;
  close(): Promise<void>;
}

export interface RunningRegion {
  readonly region: PairRegion;
  readonly address: string;
  readonly port: number;
  readonly restApiId: string;
  readonly router: FunctionPool;
  /** The value that API Gateway has for the key of this team. */
  readonly keyOf: (description: string) => Promise<string>;
  close(): Promise<void>;
}

export async function setUpRegions(): Promise<RegionSetUp> {
  const tools = await installTools();
  const scratch = await mkdtemp(join(tmpdir(), 'regions-'));
  const emulator = await startEmulator(tools.python);
  const door = await startRegionDoor(emulator.url);
  const aws = Object.fromEntries(PAIR_REGIONS.map((region) => [region, awsClients(emulator.url, region)])) as Record<
    PairRegion,
    Aws
  >;
  for (const region of PAIR_REGIONS) {
    const place = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
    await aws[region].s3.createBucket({ Bucket: bucketOf(region), ...place });
  }
  const { HostedZone } = await aws['us-east-1'].route53.createHostedZone({ Name: ZONE, CallerReference: 'zone' });
  const zoneId = HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  const bedrock = (region: PairRegion) =>
    startSimulatedHost({ kind: 'bedrock', name: `bedrock-${region}`, region, deltaDelayMs: 1 });
  const hosts = {
    anthropic: await startSimulatedHost({
      kind: 'anthropic',
      name: 'anthropic',
      key: [ANTHROPIC_KEY],
      deltaDelayMs: 1,
    }),
    'bedrock-us-east-1': await bedrock('us-east-1'),
    'bedrock-us-west-2': await bedrock('us-west-2'),
  };
  const endpoints = Object.fromEntries(Object.entries(hosts).map(([name, { url }]) => [name, url])) as Endpoints;
  return {
    aws,
    door,
    zoneId,
    hosts,
    cdk: createRegions(door.url, scratch, zoneId, endpoints, emulator.complaints),
    storeKey: async () => {
      const SecretId = 'ClaudeFailover/anthropic-1';
      await aws['us-east-1'].secretsManager.putSecretValue({ SecretId, SecretString: ANTHROPIC_KEY });
    },
    run: (region, port = 0) => runRegion(aws[region], region, port, door.url, tools, scratch),
    async close() {
      for (const host of Object.values(hosts)) await host.close();
      await door.close();
      await emulator.close();
      await rm(scratch, { recursive: true });
    },
  };
}

/** A region that is down takes its assets with it. */
const bucketOf = (region: PairRegion): string => `${ASSET_BUCKET}-${region}`;

async function runRegion(
  aws: Aws,
  region: PairRegion,
  port: number,
  awsUrl: string,
  { python, runtimeClient }: Tools,
  scratch: string,
): Promise<RunningRegion> {
  const { StackResources = [] } = await aws.cloudFormation.describeStackResources({ StackName: stackOf(region) });
  const restApiId =
    StackResources.find(({ ResourceType }) => ResourceType === 'AWS::ApiGateway::RestApi')?.PhysicalResourceId ?? '';
  const api = await readApi(aws, `https://${restApiId}.execute-api.${region}.amazonaws.com/prod`);
  const pools = new Map<string, FunctionPool>();
  const access = { url: awsUrl, session: SIMULATED_SESSION };
  const arns = api.methods.flatMap(({ authorizerArn, integration }) =>
    [authorizerArn ?? [], integration.functionArn].flat(),
  );
  for (const arn of new Set(arns)) {
    const fn = await readFunction(aws, python, arn, scratch, bucketOf(region));
    pools.set(arn, createFunctionPool(fn, { poolSize: 2, runtimeClient, access, onLine: () => {} }));
  }
  const gateway = await startDoor({ api, pools, usage: createUsage(api, Date.now), limitMs: undefined });
  // Addresses of loopback, one a region, so that a name leads to a region by its address alone.
  const address = `127.0.0.${2 + PAIR_REGIONS.indexOf(region)}`;
  const edge = await startEdge(aws, address, port, gateway.url);
  const routerArn = api.methods[0]?.integration.functionArn ?? '';
  return {
    region,
    address,
    port: edge.port,
    restApiId,
    router: pools.get(routerArn)!,
    keyOf: async (description) => {
      const { items = [] } = await aws.apiGateway.getApiKeys({ includeValues: true });
      return items.find((key) => key.description === description)?.value ?? '';
    },
    async close() {
      await edge.close();
      await gateway.close();
      for (const pool of pools.values()) await pool.close();
    },
  };
}
