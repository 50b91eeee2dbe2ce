import * as v from 'valibot';
import { STACK_OUTPUT, type StackDescription } from '../../lib/contract';

const description = v.object({
  url: v.string(),
  region: v.string(),
  healthTable: v.object({ name: v.string(), endpoint: v.exactOptional(v.string()) }),
  router: v.exactOptional(v.string()),
  shape: v.exactOptional(v.picklist(['webFunction', 'fargate'])),
  config: v.exactOptional(v.record(v.string(), v.string())),
  pageTopic: v.exactOptional(v.string()),
  noticeTopic: v.exactOptional(v.string()),
  key: v.exactOptional(v.string()),
  keyId: v.exactOptional(v.string()),
  pair: v.exactOptional(
    v.object({
      name: v.string(),
      other: v.object({ region: v.string(), stack: v.string() }),
      healthCheck: v.string(),
      checkSeconds: v.number(),
      checkFailures: v.number(),
    }),
  ),
  audit: v.exactOptional(
    v.object({
      stream: v.string(),
      bucket: v.string(),
      format: v.picklist(['json', 'parquet']),
      logGroup: v.exactOptional(v.string()),
    }),
  ),
}) satisfies v.GenericSchema<StackDescription>;

export interface StackOptions {
  readonly stack: string;
  readonly region?: string;
}

export interface FoundStack {
  readonly stack: StackDescription;
  /** CloudFormation's; undefined for `npm start`. */
  readonly name: string | undefined;
  /** CloudFormation's word for how the stack is; undefined for `npm start`. */
  readonly status: string | undefined;
}

export async function findStack({ stack, region }: StackOptions): Promise<FoundStack> {
  return /^https?:/.test(stack) ? local(stack) : deployed(stack, region);
}

async function local(page: string): Promise<FoundStack> {
  const url = new URL('/stack.json', page);
  const answer = await fetch(url).catch(() => undefined);
  if (answer?.status !== 200)
    throw new Error(`there is no gateway at ${page}; start one with: npx cdk-claude-failover demo`);
  return { stack: v.parse(description, await answer.json()), name: undefined, status: undefined };
}

async function deployed(name: string, region: string | undefined): Promise<FoundStack> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ ...(region && { region }) });
  const describe = (StackName: string) => client.send(new DescribeStacksCommand({ StackName }));
  const { Stacks: [found] = [] } = await describe(name).catch((error: unknown) => {
    // Of two regions each has a stack of its own, which ends in the region.
    if (region === undefined || name.endsWith(region)) throw error;
    return describe(`${name}-${region}`).catch(() => Promise.reject(error));
  });
  const outputs = found?.Outputs?.filter(({ Description: description }) => description === STACK_OUTPUT) ?? [];
  const [output] = outputs;
  if (output?.OutputValue === undefined) {
    throw new Error(
      `stack ${name} has no gateway; give the stack that has a FailoverGateway in it, deployed by this version, with --stack`,
    );
  }
  if (outputs.length > 1) throw new Error(`stack ${name} has ${outputs.length} gateways; only one can be looked at`);
  return {
    stack: v.parse(description, JSON.parse(output.OutputValue)),
    name: found?.StackName,
    status: found?.StackStatus,
  };
}
