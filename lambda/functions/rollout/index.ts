import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import type { RolloutProperties } from '../../../lib/contract';
import { readApiKey } from '../../aws/api-keys';
import { readSecret } from '../../aws/secrets';
import { customResource } from '../custom-resource/custom-resource';
import { putAnswer } from '../custom-resource/put-answer';
import { askRouter, saysHello } from './ask-router';
import { rollOut } from './roll-out';
import { ringing, startFailure } from './signals';
import { WebFunctionEndpoint } from './web-function-endpoint';

const wholeNumber = v.pipe(v.string(), v.transform(Number), v.integer());
const json = v.pipe(
  v.string(),
  v.transform((text): unknown => JSON.parse(text)),
);
const properties = v.object({
  FunctionName: v.string(),
  EndpointName: v.string(),
  RevisionId: v.string(),
  ProbeUrl: v.string(),
  Probes: v.pipe(json, v.array(v.object({ host: v.string(), model: v.string() }))),
  LogGroupName: v.string(),
  AlarmNames: v.array(v.string()),
  Percent: wholeNumber,
  WatchSeconds: wholeNumber,
  ProbeKeyId: v.exactOptional(v.string()),
  FrontSecretArn: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<RolloutProperties, unknown>;

const { env } = process;
/** Lambda's longest, less the answer to CloudFormation. */
const LONGEST_MS = 14.5 * 60_000;

/** At deployment: before CloudFormation moves the endpoint of clients to a new revision. */
export const handler = customResource(async (given) => {
  const { ProbeKeyId: keyId, FrontSecretArn: secretArn, ...plan } = v.parse(properties, given);
  const endBy = Date.now() + LONGEST_MS;
  const pass = {
    key: keyId === undefined ? undefined : await readApiKey(keyId, env),
    frontSecret: secretArn === undefined ? undefined : await readSecret(secretArn, true, env),
  };
  const endpoint = new WebFunctionEndpoint(plan.FunctionName, plan.EndpointName, env, sleep);
  await rollOut(
    {
      revisionId: plan.RevisionId,
      probes: plan.Probes,
      percent: plan.Percent,
      watchMs: plan.WatchSeconds * 1000,
    },
    {
      isStarted: () => saysHello(plan.ProbeUrl),
      startFailure: () => startFailure(plan.LogGroupName, env),
      live: () => endpoint.live(),
      shift: (weights) => endpoint.shift(weights),
      ringing: () => ringing(plan.AlarmNames, env),
      ask: (url = plan.ProbeUrl) => askRouter(url, pass),
      timeLeftMs: () => endBy - Date.now(),
      sleep: (ms) => sleep(ms),
      // A library for this would be most of the bundle.
      log: (line) => console.log(JSON.stringify({ ...line, revision: plan.RevisionId })),
    },
  );
  return {};
}, putAnswer);
