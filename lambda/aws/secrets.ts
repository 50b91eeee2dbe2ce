import * as v from 'valibot';
import type { Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

const answer = v.object({ SecretString: v.string() });
/** Whoever waits for a key waits for one read: one that hung would hang them all. */
const TIMEOUT_MS = 5000;

/** The text of a secret as it is now: nothing is remembered here. Errors carry AWS's own text, which has no values. */
export async function readSecret(secretArn: string, env: Env): Promise<string> {
  // A secret may live in another region than the router.
  const region = secretArn.split(':')[3] ?? '';
  const target = 'secretsmanager.GetSecretValue';
  const body = { SecretId: secretArn };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const json = await callAwsJson({ service: 'secretsmanager', region, target, body, signal }, env);
  if (!v.is(answer, json)) throw new Error('it has no text value');
  return json.SecretString;
}
