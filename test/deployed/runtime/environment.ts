import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { awsEnv } from '../aws';
import { beginLog, type RoleAccess } from '../iam/lambda-role';
import { type DeployedFunction, regionOf } from './deployed-function';
import { FunctionError, startRuntimeApi } from './runtime-api';

export interface EnvironmentOptions {
  /** Entry of AWS's runtime client. */
  readonly runtimeClient: string;
  /** Where the function's AWS SDK finds secrets, tables and parameters, and as whom it asks for them. */
  readonly access: RoleAccess;
  /** Lines of the function's log. */
  readonly onLine: (line: string) => void;
}

/** One process with the function in it. It takes one invocation at a time, as on Lambda. */
export interface Environment {
  readonly ended: boolean;
  /** The raw response, as soon as it begins. Free again when that is closed. */
  invoke(event: object): Promise<Readable>;
  close(): Promise<void>;
}

export async function startEnvironment(fn: DeployedFunction, options: EnvironmentOptions): Promise<Environment> {
  const api = await startRuntimeApi();
  const stream = `[${fn.version}]${randomUUID()}`;
  const log = beginLog(options.access, fn, stream);
  // Without its rights a function runs all the same; only nobody can read its log.
  log.catch((error: unknown) => console.error(`        ${fn.name} has no log: ${String(error)}`));
  const child = spawn(process.execPath, [options.runtimeClient], {
    cwd: fn.folder,
    env: processEnv(fn, api.address, stream, options.access),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const output of [child.stdout, child.stderr]) createInterface(output).on('line', options.onLine);
  let ended = false;
  const exit = once(child, 'exit').then(([code, signal]) => {
    ended = true;
    api.close(new FunctionError('Runtime.ExitError', `${fn.name} ended with ${String(code ?? signal)}`));
  });
  return {
    get ended() {
      return ended;
    },
    async invoke(event) {
      const timer = setTimeout(() => child.kill('SIGKILL'), fn.timeoutMs);
      try {
        const deadlineMs = Date.now() + fn.timeoutMs;
        const invocation = { id: randomUUID(), event: JSON.stringify(event), functionArn: fn.arn, deadlineMs };
        const response = await api.invoke(invocation);
        response.once('close', () => clearTimeout(timer));
        return response;
      } catch (error) {
        clearTimeout(timer);
        throw error;
      }
    },
    async close() {
      child.kill('SIGKILL');
      await Promise.allSettled([exit, log]);
    },
  };
}

/** What Lambda gives to a process, and what is deployed with the function. */
function processEnv(
  fn: DeployedFunction,
  runtimeApi: string,
  stream: string,
  { url, session }: RoleAccess,
): Record<string, string> {
  return {
    ...awsEnv(url, session),
    AWS_REGION: regionOf(fn),
    AWS_DEFAULT_REGION: regionOf(fn),
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: fn.folder,
    _HANDLER: fn.handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: fn.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup ?? `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: stream,
    ...fn.environment,
  };
}
