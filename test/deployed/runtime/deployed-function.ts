import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Aws } from '../aws';
import { ASSET_BUCKET } from '../stack/test-config';

/** A version of a function: the bytes and the settings as they are deployed. */
export interface DeployedFunction {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** ARN of the role that it runs as. */
  readonly role: string;
  /** Of its own. */
  readonly logGroup: string | undefined;
  readonly isTraced: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** Its unpacked code. */
  readonly folder: string;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, and a version or an alias. */
const ARN = /:function:([^:]+)(?::([^:]+))?$/;

/** Where a function is deployed. */
export const regionOf = ({ arn }: Pick<DeployedFunction, 'arn'>): string => arn.split(':')[3] ?? '';

/** Reads a function by its ARN. Rejects where the stored bytes are not those the function is deployed with. */
export async function readFunction(
  aws: Aws,
  python: string,
  arn: string,
  scratch: string,
  Bucket = ASSET_BUCKET,
): Promise<DeployedFunction> {
  const [, name = '', qualifier = '$LATEST'] = ARN.exec(arn) ?? [];
  const version = /^(\d+|\$LATEST)$/.test(qualifier) ? qualifier : await aliasedVersion(aws, name, qualifier);
  const { Configuration: settings = {}, Code } = await aws.lambda.getFunction({
    FunctionName: name,
    Qualifier: version,
  });
  const key = new URL(Code?.Location ?? '').pathname.split('/').at(-1) ?? '';
  const { Body } = await aws.s3.getObject({ Bucket, Key: key });
  const zip = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const sha = createHash('sha256').update(zip).digest('base64');
  if (sha !== settings.CodeSha256) throw new Error(`${arn} has code ${settings.CodeSha256}, and ${key} is ${sha}`);
  return {
    arn,
    name,
    version,
    handler: settings.Handler ?? '',
    runtime: settings.Runtime ?? '',
    memoryMb: settings.MemorySize ?? 0,
    timeoutMs: (settings.Timeout ?? 0) * 1000,
    role: settings.Role ?? '',
    logGroup: settings.LoggingConfig?.LogGroup,
    isTraced: settings.TracingConfig?.Mode === 'Active',
    environment: settings.Environment?.Variables ?? {},
    folder: await unpack(python, zip, scratch),
  };
}

async function aliasedVersion(aws: Aws, FunctionName: string, Name: string): Promise<string> {
  const { FunctionVersion } = await aws.lambda.getAlias({ FunctionName, Name });
  if (FunctionVersion === undefined) throw new Error(`alias ${Name} of ${FunctionName} points at no version`);
  return FunctionVersion;
}

export async function unpack(python: string, zip: Uint8Array, scratch: string): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'task-'));
  const file = `${folder}.zip`;
  await writeFile(file, zip);
  await promisify(execFile)(python, ['-m', 'zipfile', '-e', file, folder]);
  return folder;
}
