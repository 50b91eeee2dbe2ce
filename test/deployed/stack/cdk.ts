import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShapeConfig } from '../../../bin/shape-config';
import { awsEnv } from '../aws';
import type { Emulator } from '../emulator/start-emulator';
import { ENDPOINTS_ENV, SHAPE_ENV, type ShapeChange, STACK_NAME_ENV, type Endpoints, ZONE_ENV } from './test-config';

const ROOT = join(__dirname, '../../..');
const app = (name: string): string =>
  `node --enable-source-maps scripts/run-typescript.cjs test/deployed/stack/${name}.ts`;
const CLI_MS = 300_000;

export interface DeployedTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdatePolicy?: { readonly CodeDeployLambdaAliasUpdate?: { readonly BeforeAllowTrafficHook?: unknown } };
}

/** What a deployment leaves behind on the machine that made it. */
export interface Deployment {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly template: DeployedTemplate;
  /** What the CLI said. */
  readonly said: string;
}

export const resourcesOf = ({ template }: Deployment, type: string): TemplateResource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

/** The CDK's own CLI, as it is pinned here, against the emulator. */
export function createCdk(
  emulator: Emulator,
  folder: string,
  onChange: () => void,
  stackName = 'ClaudeFailover',
  appName = 'app',
) {
  const cdk = async (
    args: readonly string[],
    endpoints: Endpoints,
    shape: ShapeConfig,
    change: ShapeChange = {},
  ): Promise<string> => {
    try {
      return await runCdk([...args, stackName, '--app', app(appName), '--output', join(folder, 'cdk.out')], {
        ...awsEnv(emulator.url),
        [ENDPOINTS_ENV]: JSON.stringify(endpoints),
        [SHAPE_ENV]: JSON.stringify({ shape, ...change }),
        CDK_HOME: join(folder, 'cdk-home'),
      });
    } catch (error) {
      // The CLI asks again and again, and in the end says something else.
      const said = emulator.complaints().join('\n');
      throw new Error(`${String(error)}\nThe emulator said:\n${said}`, { cause: error });
    }
  };
  return {
    async deploy(endpoints: Endpoints, shape: ShapeConfig = 'lambda', change?: ShapeChange): Promise<Deployment> {
      const outputsFile = join(folder, 'outputs.json');
      await rm(outputsFile, { force: true });
      // The emulator's change sets lose outputs and dependencies.
      const args = ['deploy', '--method=direct', '--require-approval=never', '--outputs-file', outputsFile];
      const said = await cdk(args, endpoints, shape, change);
      onChange();
      const outputs = await readJson<Record<string, Record<string, string>>>(outputsFile);
      const template = await readJson<DeployedTemplate>(join(folder, `cdk.out/${stackName}.template.json`));
      return { stackName, outputs: outputs[stackName] ?? {}, template, said };
    },
    destroy: (endpoints: Endpoints, shape: ShapeConfig = 'lambda') => cdk(['destroy', '--force'], endpoints, shape),
  };
}

/** An app with several gateways, of which one stack has a name that is given at each run. */
export function createNeighbours(emulator: Emulator, folder: string) {
  const cdk = (args: readonly string[], stackName: string): Promise<string> =>
    runCdk([...args, '--app', app('neighbours-app'), '--output', join(folder, `${stackName}.out`)], {
      ...awsEnv(emulator.url),
      [STACK_NAME_ENV]: stackName,
      CDK_HOME: join(folder, 'cdk-home'),
    });
  return {
    deploy: (stackName: string, which: readonly string[]) =>
      cdk(['deploy', ...which, '--method=direct', '--require-approval=never'], stackName),
    destroy: (stackName: string, which: readonly string[]) => cdk(['destroy', ...which, '--force'], stackName),
  };
}

/** The app of two regions. */
export function createRegions(
  awsUrl: string,
  folder: string,
  zoneId: string,
  endpoints: Endpoints,
  complaints: Emulator['complaints'],
) {
  const cdk = (args: readonly string[]): Promise<string> =>
    runCdk([...args, '--app', app('regions-app'), '--output', join(folder, 'regions.out')], {
      ...awsEnv(awsUrl),
      [ENDPOINTS_ENV]: JSON.stringify(endpoints),
      [ZONE_ENV]: zoneId,
      CDK_HOME: join(folder, 'cdk-home'),
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\nThe emulator said:\n${complaints().join('\n')}`, { cause: error });
    });
  const deploy = ['deploy', '--method=direct', '--require-approval=never', '--concurrency=1'];
  return {
    /** One region by its name, and nothing that comes before it. */
    deployAlone: (stackName: string) => cdk([...deploy, stackName, '--exclusively', '--force']),
  };
}

/** Rejects with everything it said, when its exit code is not 0. */
function runCdk(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const all = [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices', '--no-color', '--ci'];
  const options = {
    cwd: ROOT,
    timeout: CLI_MS,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CDK_DISABLE_CLI_TELEMETRY: '1',
      // The template that goes was validated when it came.
      ...(args[0] === 'destroy' && { CDK_VALIDATION: 'false' }),
      ...env,
    },
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, all, options, (error, stdout, stderr) => {
      const said = `${stdout}\n${stderr}`.trim();
      if (error === null) resolve(said);
      else reject(new Error(`cdk ${args[0]} ended with code ${error.code}:\n${said}`));
    });
  });
}

const readJson = async <Json>(file: string): Promise<Json> => JSON.parse(await readFile(file, 'utf8')) as Json;
