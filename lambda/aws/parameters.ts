import * as v from 'valibot';
import { requireEnv, type Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

const answer = v.object({ Parameter: v.object({ Value: v.string() }) });

/** In a module of its own, so that a router whose configuration is in the environment never loads it. */
export async function readParameter(name: string, env: Env): Promise<string> {
  const region = requireEnv(env, 'AWS_REGION');
  const json = await callAwsJson(
    { service: 'ssm', region, target: 'AmazonSSM.GetParameter', body: { Name: name } },
    env,
  );
  return v.parse(answer, json).Parameter.Value;
}
