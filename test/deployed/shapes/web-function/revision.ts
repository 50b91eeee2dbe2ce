import { ENV } from '../../../../lib/contract';
import { awsEnv, type Aws } from '../../aws';
import type { Iam } from '../../iam/iam';
import { SAME_ACCOUNT } from '../../iam/access';
import { writeLog } from '../../iam/lambda-role';
import { unpack } from '../../runtime/deployed-function';
import { ACCOUNT, REGION } from '../../stack/test-config';
import { startServer, type ServerProcess } from '../server-process';

/** As CloudFormation gives it. */
export interface RevisionProperties {
  readonly FunctionName: string;
  readonly BuildConfig: {
    readonly CodeConfig: {
      readonly S3Object: { readonly Bucket: string; readonly Key: string; readonly VersionId: string };
    };
  };
  readonly ServiceConfig: {
    readonly EnvironmentVariables: Readonly<Record<string, string>>;
    readonly ExecutionRoleArn: string;
    readonly TelemetryConfig: { readonly LoggingConfig: { readonly LogGroup: string } };
  };
}

export interface RevisionWorld {
  readonly aws: Aws;
  /** The emulator, behind what asks IAM. */
  readonly awsUrl: string;
  readonly iam: Iam;
  readonly python: string;
  readonly scratch: string;
  readonly onLine: (line: string) => void;
}

export const webFunctionArn = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:web-function/${name}`;
const ENTRY = 'AWS_LAMBDA_NODEJS_ENTRYPOINT';

/** A revision and its one environment, which starts when somebody asks. */
export class Revision {
  #environment: Promise<ServerProcess> | undefined;

  private constructor(
    readonly id: string,
    private readonly properties: RevisionProperties,
    private readonly folder: string,
    private readonly world: RevisionWorld,
  ) {}

  /** With its code, of exactly that version. */
  static async create(id: string, properties: RevisionProperties, world: RevisionWorld): Promise<Revision> {
    const code = properties.BuildConfig.CodeConfig.S3Object;
    // Lambda reads it itself, by the policy of the bucket.
    world.iam.forget();
    await world.iam.act('lambda.amazonaws.com', {
      action: 's3:GetObjectVersion',
      resource: `arn:aws:s3:::${code.Bucket}/${code.Key}`,
      context: { ...SAME_ACCOUNT, 'aws:SourceArn': `${webFunctionArn(properties.FunctionName)}/revision/${id}` },
    });
    const { Body } = await world.aws.s3.getObject({ ...code });
    const zip = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return new Revision(id, properties, await unpack(world.python, zip, world.scratch), world);
  }

  get healthTable(): string {
    return this.properties.ServiceConfig.EnvironmentVariables[ENV.HEALTH_TABLE] ?? '';
  }

  /** Where it listens. Rejects where it does not start. */
  async url(): Promise<string> {
    const running = await this.#environment?.catch(() => undefined);
    if (running === undefined || running.ended) this.#environment = this.#start();
    return (await this.#environment!).url;
  }

  /** The next request meets a new environment. */
  async recycle(): Promise<void> {
    const running = await this.#environment?.catch(() => undefined);
    this.#environment = undefined;
    await running?.kill();
  }

  /** Finishes what it has. */
  async stop(): Promise<void> {
    const running = await this.#environment?.catch(() => undefined);
    await running?.stop();
  }

  async #start(): Promise<ServerProcess> {
    const { iam, awsUrl, onLine } = this.world;
    const { FunctionName: name, ServiceConfig: service } = this.properties;
    const { EnvironmentVariables: variables, ExecutionRoleArn: role, TelemetryConfig: telemetry } = service;
    const session = await iam.assume(role, 'lambda.amazonaws.com', name);
    const entry = variables[ENTRY] ?? 'index.js';
    try {
      return await startServer({
        args: [entry],
        cwd: this.folder,
        env: { ...awsEnv(awsUrl, session), ...variables, AWS_LAMBDA_HTTP_ENDPOINT: '127.0.0.1:0' },
        onLine,
      });
    } catch (error) {
      // Reports of success are left out: the emulator's log has no filters for JSON, and would give them for those of failure.
      const record = { status: 'failure', errorType: 'Runtime.ExitError' };
      const place = { logGroupName: telemetry.LoggingConfig.LogGroup, logStreamName: `${this.id}/${Date.now()}` };
      await writeLog({ url: awsUrl, session }, place, JSON.stringify({ type: 'platform.initReport', record }));
      throw error;
    }
  }
}
