import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsSession } from '../../../local/hosts';
import { type DeployedFunction, regionOf } from '../runtime/deployed-function';
import { REGION } from '../stack/test-config';
import type { Iam } from './iam';

/** Where a function calls AWS, and as whom. */
export interface RoleAccess {
  readonly url: string;
  readonly session: AwsSession;
}

/** Lambda takes the function's role, which everything that the function does is done as. */
export async function accessOf(iam: Iam, fn: DeployedFunction, url: string): Promise<RoleAccess> {
  const functionArn = fn.arn.replace(/^((?:[^:]+:){6}[^:]+).*$/, '$1');
  const session = await iam.assume(fn.role, 'lambda.amazonaws.com', fn.name, {
    'lambda:SourceFunctionArn': functionArn,
  });
  return { url, session };
}

/** What Lambda itself does in the name of the role, for a process that begins: its log stream, and its traces. */
export async function beginLog({ url, session }: RoleAccess, fn: DeployedFunction, stream: string): Promise<void> {
  if (fn.logGroup === undefined) return;
  const place = { logGroupName: fn.logGroup, logStreamName: stream };
  await writeLog({ url, session }, place, `INIT_START Runtime Version: ${fn.runtime}`, regionOf(fn));
  if (!fn.isTraced) return;
  const call = caller(url, session, regionOf(fn));
  await call('xray', '/TraceSegments', { TraceSegmentDocuments: ['{}'] });
  await call('xray', '/TelemetryRecords', { TelemetryRecords: [{ Timestamp: 0 }] });
}

/** A stream of its own, and a line in it. */
export async function writeLog(
  { url, session }: RoleAccess,
  place: { readonly logGroupName: string; readonly logStreamName: string },
  message: string,
  region = REGION,
): Promise<void> {
  const call = caller(url, session, region);
  await call('logs', '/', place, 'Logs_20140328.CreateLogStream');
  await call('logs', '/', { ...place, logEvents: [{ timestamp: Date.now(), message }] }, 'Logs_20140328.PutLogEvents');
}

const caller =
  (base: string, credentials: AwsSession, region: string) =>
  async (service: string, path: string, json: object, target = '') => {
    const url = new URL(path, base);
    const type = target === '' ? 'application/json' : 'application/x-amz-json-1.1';
    const signer = new SignatureV4({ service, region, credentials, sha256: Hash.bind(null, 'sha256') });
    const body = JSON.stringify(json);
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      body,
      headers: { host: url.host, 'content-type': type, ...(target !== '' && { 'x-amz-target': target }) },
    });
    const response = await fetch(url, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
  };
