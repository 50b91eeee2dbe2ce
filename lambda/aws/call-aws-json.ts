import type { Env } from '../runtime/require-env';
import { callAws, type AwsService } from './call-aws';

export interface AwsJsonCall {
  readonly service: AwsService;
  readonly region: string;
  /** The operation, by its full name. */
  readonly target: string;
  readonly body: object;
  readonly signal?: AbortSignal | undefined;
}

/** Version 1.0 of the protocol; the others speak 1.1. */
const OLDER: ReadonlySet<AwsService> = new Set(['dynamodb', 'monitoring', 'sqs']);

/** One call to a service of AWS's JSON protocol. */
export async function callAwsJson({ service, region, target, body, signal }: AwsJsonCall, env: Env): Promise<unknown> {
  const headers = {
    'content-type': `application/x-amz-json-${OLDER.has(service) ? '1.0' : '1.1'}`,
    'x-amz-target': target,
  };
  const answer = await callAws({ service, region, headers, body: JSON.stringify(body), signal }, env);
  if (answer.length === 0) return {};
  try {
    return JSON.parse(answer.toString());
  } catch {
    // The parser's own text would quote the answer, which may be a secret.
    throw new Error(`${service} answered with what is not JSON`);
  }
}
