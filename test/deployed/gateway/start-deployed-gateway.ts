import { ENV } from '../../../lib/contract';
import type { Aws } from '../aws';
import { openApiLog } from '../iam/aws-acts';
import type { Iam } from '../iam/iam';
import { accessOf } from '../iam/lambda-role';
import { readFunction } from '../runtime/deployed-function';
import { createFunctionPool, type FunctionPool } from '../runtime/function-pool';
import type { Tools } from '../tools';
import { readApi, type DeployedApi } from './deployed-api';
import { startDoor } from './front-door';
import { createUsage } from './usage';

export interface RunOptions {
  /** Most requests at a time: processes of each function, which start as they are needed. */
  readonly poolSize: number;
  /** Lines that the functions log. @default - nobody reads them */
  readonly onLine?: (line: string) => void;
  /** Longest answer. @default - as deployed: 15 minutes */
  readonly limitMs?: number;
}

export interface DeployedGatewayOptions extends RunOptions {
  readonly aws: Aws;
  readonly awsUrl: string;
  readonly iam: Iam;
  readonly tools: Tools;
  /** `Url` of the stack's outputs. */
  readonly apiUrl: string;
  /** Folder for the functions' code. */
  readonly scratch: string;
}

export interface DeployedGateway {
  /** Base URL for SDKs, with the stage. */
  readonly url: string;
  readonly api: DeployedApi;
  /** By the ARN under which the API calls them. */
  readonly pools: ReadonlyMap<string, FunctionPool>;
  /** The next requests meet new processes, which know of hosts what the health table says. */
  recycle(): Promise<void>;
  /** As after a quiet night: new processes, and nothing in the health table. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Runs what is deployed: the API as it is read back, the functions with exactly the bytes and the environment they have there. */
export async function startDeployedGateway(options: DeployedGatewayOptions): Promise<DeployedGateway> {
  const { aws, awsUrl, iam, tools, poolSize, scratch, onLine = () => {}, limitMs } = options;
  const api = await readApi(aws, options.apiUrl);
  const arns = api.methods.flatMap(({ authorizerArn, integration }) =>
    [authorizerArn ?? [], integration.functionArn].flat(),
  );
  const pools = new Map<string, FunctionPool>();
  for (const arn of new Set(arns)) {
    const fn = await readFunction(aws, tools.python, arn, scratch);
    const access = await accessOf(iam, fn, awsUrl);
    pools.set(arn, createFunctionPool(fn, { poolSize, runtimeClient: tools.runtimeClient, access, onLine }));
  }
  await openApiLog(iam, aws, api);
  const door = await startDoor({ api, iam, pools, usage: createUsage(api, Date.now), limitMs });
  const all = (act: (pool: FunctionPool) => Promise<void>) => Promise.all([...pools.values()].map(act));
  const recycle = async (): Promise<void> => void (await all((pool) => pool.recycle()));
  return {
    url: door.url,
    api,
    pools,
    recycle,
    async forget() {
      await recycle();
      for (const { fn } of pools.values()) await clearTable(aws, fn.environment[ENV.HEALTH_TABLE]);
    },
    async close() {
      await door.close();
      await all((pool) => pool.close());
    },
  };
}

export async function clearTable({ dynamoDb }: Aws, TableName: string | undefined): Promise<void> {
  if (TableName === undefined) return;
  const { Items = [] } = await dynamoDb.scan({ TableName });
  for (const { kind, entry } of Items) {
    if (kind && entry) await dynamoDb.deleteItem({ TableName, Key: { kind, entry } });
  }
}
