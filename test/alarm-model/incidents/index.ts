import type { Incident } from '../incident/incident';
import { canaryStopped } from './canary-stopped';
import { expiredCredential, lastResortExpired } from './expired-credential';
import { flappingPrimary } from './flapping-primary';
import { freshStack } from './fresh-stack';
import { overloadInStreams } from './overload-in-streams';
import { primaryOutage } from './primary-outage';
import { quietWeekend } from './quiet-weekend';
import { regionalBedrockOutage } from './regional-bedrock-outage';
import { retiredModel } from './retired-model';
import { slowFirstTokens } from './slow-first-tokens';
import { smallQuota } from './small-quota';
import { totalLoss } from './total-loss';
import { trafficSpike } from './traffic-spike';

export const INCIDENTS: readonly Incident[] = [
  primaryOutage,
  overloadInStreams,
  flappingPrimary,
  slowFirstTokens,
  smallQuota,
  totalLoss,
  regionalBedrockOutage,
  expiredCredential,
  lastResortExpired,
  retiredModel,
  canaryStopped,
  freshStack,
  quietWeekend,
  trafficSpike,
];
