import * as v from 'valibot';
import { ENV } from '../../lib/contract';
import type { Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

const answer = v.object({ SecretString: v.string() });
/** Whoever waits for a key waits for one read: one that hung would hang them all. */
const TIMEOUT_MS = 5000;
/** Several keys may be fields of one secret, and a placeholder is asked for again with every request. */
const KEPT_MS = 5000;
const kept = new Map<string, { readonly text: string; readonly at: number }>();

/** The text of a secret; `fresh` reads past what is kept. Errors carry AWS's own text, which has no values. */
export async function readSecret(secretArn: string, fresh: boolean, env: Env): Promise<string> {
  const last = kept.get(secretArn);
  if (!fresh && last !== undefined && Date.now() - last.at < KEPT_MS) return last.text;
  const { region, id } = nearest(secretArn, env);
  const target = 'secretsmanager.GetSecretValue';
  const body = { SecretId: id };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const json = await callAwsJson({ service: 'secretsmanager', region, target, body, signal }, env);
  if (!v.is(answer, json)) throw new Error('it has no text value');
  kept.set(secretArn, { text: json.SecretString, at: Date.now() });
  return json.SecretString;
}

/** A secret may live in another region than the router; where the router's own has replicas, it reads there. */
function nearest(secretArn: string, env: Env): { readonly region: string; readonly id: string } {
  const parts = secretArn.split(':');
  const home = parts[3] ?? '';
  const own = env['AWS_REGION'];
  if (own === undefined || own === home || !env[ENV.SECRET_REPLICAS]?.split(',').includes(own)) {
    return { region: home, id: secretArn };
  }
  return { region: own, id: parts.with(3, own).join(':') };
}
