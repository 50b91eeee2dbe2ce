import * as v from 'valibot';
import { callAwsJson } from '../../aws/call-aws-json';
import type { Env } from '../../runtime/require-env';
import type { SecretFacts } from './reminder';

const answer = v.object({
  Name: v.string(),
  Versions: v.array(v.object({ CreatedDate: v.number(), VersionStages: v.optional(v.array(v.string()), []) })),
});

/** By its versions: the secret's own date of change moves with every tag. */
export async function readSecretFacts(secretArn: string, env: Env): Promise<SecretFacts> {
  const region = secretArn.split(':')[3] ?? '';
  const target = 'secretsmanager.ListSecretVersionIds';
  const body = { SecretId: secretArn };
  const json = await callAwsJson({ service: 'secretsmanager', region, target, body }, env);
  const { Name: name, Versions: versions } = v.parse(answer, json);
  const current = versions.find(({ VersionStages: stages }) => stages.includes('AWSCURRENT'));
  if (current === undefined) throw new Error(`secret ${name} has no current value`);
  // A value that was replaced stays as the previous version: one alone never was.
  return { name, since: current.CreatedDate * 1000, isFirstValue: versions.length === 1 };
}
