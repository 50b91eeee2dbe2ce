import { userInfo } from 'node:os';
import type { OverrideEntry, StackDescription } from '../../lib/contract';
import { recordOperator } from '../audit/record-act';
import { createHealthStore } from '../../lambda/gateway/state/health-store';
import type { Env } from '../../lambda/runtime/require-env';

/** What operators have said of hosts, in the table that every router reads. */
export interface OverrideStore {
  /** Those that have not ended by themselves. */
  list(): Promise<OverrideEntry[]>;
  set(override: Pick<OverrideEntry, 'host' | 'action' | 'percent' | 'until'>): Promise<void>;
  clear(host: string): Promise<void>;
}

export function openOverrideStore(stack: StackDescription): OverrideStore {
  const env = tableEnv(stack);
  const store = createHealthStore(stack.healthTable.name, env);
  return {
    async list() {
      const now = Date.now();
      const entries = await store.read();
      return entries.flatMap((entry) => (entry.type === 'override' && entry.until > now ? [entry] : []));
    },
    async set(override) {
      const { host: target, action: act, ...details } = override;
      await recordOperator(stack, { act, target, details }, env);
      await store.write({ type: 'override', ...override, at: Date.now(), by: userInfo().username });
    },
    async clear(host) {
      await recordOperator(stack, { act: 'resume', target: host }, env);
      await store.removeOverride(host);
    },
  };
}

/** How the health table is reached. */
export function tableEnv({ region, healthTable: { endpoint } }: StackDescription): Env {
  return {
    ...process.env,
    AWS_REGION: region,
    // A table on this machine asks for a signature and knows nobody.
    ...(endpoint !== undefined && {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    }),
  };
}
