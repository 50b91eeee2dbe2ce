import * as v from 'valibot';
import { postAwsJson } from './post-aws';
import { requireEnv } from '../runtime/require-env';

const answer = v.object({ Parameter: v.object({ Value: v.string() }) });

/** In a module of its own, so that a router whose configuration is in the environment never loads it. */
export async function readParameter(name: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const json = await postAwsJson('ssm', region, 'AmazonSSM.GetParameter', { Name: name }, env);
  return v.parse(answer, json).Parameter.Value;
}
