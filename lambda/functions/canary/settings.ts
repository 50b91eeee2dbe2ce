import * as v from 'valibot';
import { CANARY_ENV, type CanarySettings } from '../../../lib/contract';
import { requireEnv } from '../../runtime/require-env';

const positive = v.pipe(v.number(), v.minValue(0));
/** Also what the look from outside is told of its endpoint. */
export const endpoint = v.object({
  url: v.pipe(v.string(), v.url()),
  auth: v.picklist(['api-key', 'secret', 'iam', 'none']),
  apiKeyId: v.exactOptional(v.string()),
  secretArn: v.exactOptional(v.string()),
});
// Synth has checked what a person wrote. This finds a template and a function that are not of one version.
const settings = v.object({
  intervalMinutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  dailyBudgetUsd: positive,
  endpoint: v.exactOptional(endpoint),
  openaiDoor: v.exactOptional(v.boolean()),
  quotas: v.array(
    v.object({
      host: v.string(),
      tokensPerMinute: v.exactOptional(positive),
      requestsPerMinute: v.exactOptional(positive),
      tokensQuotaCode: v.exactOptional(v.string()),
      requestsQuotaCode: v.exactOptional(v.string()),
    }),
  ),
  otherRegion: v.exactOptional(
    v.object({ region: v.string(), url: v.pipe(v.string(), v.url()), alarms: v.string(), leads: v.boolean() }),
  ),
}) satisfies v.GenericSchema<CanarySettings>;

export function loadSettings(env: Readonly<Record<string, string | undefined>>): CanarySettings {
  return v.parse(settings, JSON.parse(requireEnv(env, CANARY_ENV.SETTINGS)));
}
