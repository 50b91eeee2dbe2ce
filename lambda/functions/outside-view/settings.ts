import * as v from 'valibot';
import { OUTSIDE_VIEW_ENV, type OutsideViewSettings } from '../../../lib/contract';
import { endpoint } from '../canary/settings';
import { model } from '../../gateway/config/model-schema';
import { requireEnv } from '../../runtime/require-env';

const settings = v.object({ endpoint, model }) satisfies v.GenericSchema<OutsideViewSettings>;

/** Not the router's configuration: from outside, one model and one address are all there is. */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): OutsideViewSettings {
  return v.parse(settings, JSON.parse(requireEnv(env, OUTSIDE_VIEW_ENV.SETTINGS)));
}
