import { ENV, type PairDescription, type RouterConfig, type StackDescription } from '../../lib/contract';
import { loadConfig } from '../../lambda/gateway/config/load-config';
import type { Env } from '../../lambda/runtime/require-env';
import { openGateway } from '../cli/gateway-access';
import { openOverrideStore, tableEnv } from '../cli/override-store';
import { findStack, type FoundStack } from '../cli/find-stack';
import { createCanaryStore } from '../../lambda/functions/canary/canary-store';
import { canary } from './checks/canary';
import { hosts } from './checks/hosts';
import { overrides } from './checks/overrides';
import type { Deployed } from './deployed';
import { ok, problem } from './diagnosis';
import type { DoctorCheck } from './run-doctor';

/** In the order in which one would repair. What only AWS has is left out for `npm start`. */
export async function doctorChecks({ stack, status }: FoundStack, page = false): Promise<DoctorCheck[]> {
  const common: readonly DoctorCheck[] = [
    { name: 'hosts', run: async () => hosts(await openGateway(stack)) },
    { name: 'overrides', run: () => overrides(openOverrideStore(stack)) },
  ];
  if (status === undefined) return [...common];
  const aws = await import('./aws-checks');
  let deployed: Promise<Deployed> | undefined;
  const read = (): Promise<Deployed> => (deployed ??= readDeployed(stack, status));
  return [
    {
      name: 'stack',
      run: async () => [
        /^(CREATE|UPDATE)_COMPLETE$/.test(status)
          ? ok(stack.url, status)
          : problem(stack.url, status, 'Look at the events of the stack, and deploy again'),
      ],
    },
    {
      name: 'canary',
      run: async () => canary(createCanaryStore(stack.healthTable.name, tableEnv(stack)), Date.now()),
    },
    ...aws.CHECKS.map(([name, check]) => ({ name, run: async () => check(await read(), Date.now()) })),
    ...(stack.pair
      ? [{ name: 'regions', run: async () => aws.regions(await read(), await readOther(stack.pair!)) }]
      : []),
    ...common,
    ...(page ? [{ name: 'page', run: () => aws.testPage(stack) }] : []),
  ];
}

async function readOther({ other: { stack: name, region } }: PairDescription): Promise<Deployed> {
  const { stack, status = '' } = await findStack({ stack: name, region });
  return readDeployed(stack, status);
}

/** The configuration of what takes the traffic. */
export async function readDeployed(stack: StackDescription, status: string): Promise<Deployed> {
  const { variables, codeSha256 } =
    stack.shape === undefined ? await readFunction(stack) : { variables: storedAt(stack), codeSha256: undefined };
  const config: RouterConfig = await loadConfig({ ...process.env, ...variables, AWS_REGION: stack.region });
  return { stack, status, config, codeSha256, service: variables[ENV.SERVICE] };
}

/** A Lambda function knows it by itself. */
async function readFunction({
  region,
  router,
}: StackDescription): Promise<{ variables: Env; codeSha256: string | undefined }> {
  const { LambdaClient, GetFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient({ region });
  const answer = await client.send(new GetFunctionConfigurationCommand({ FunctionName: router }));
  return { variables: answer.Environment?.Variables ?? {}, codeSha256: answer.CodeSha256 };
}

function storedAt({ shape, config }: StackDescription): Env {
  if (config !== undefined) return config;
  throw new Error(`the configuration of this '${shape}' is larger than what a tool can read of it`);
}
