import { ENV, type ClientLimits, type RouterConfig } from '../../../lib/contract';
import type { ChainState } from '../../engine/chain/chain-context';
import type { Env } from '../../runtime/require-env';
import { Admission } from '../admission/admission';
import { Turns } from '../admission/turns';
import type { Telemetry } from '../telemetry/telemetry';
import { Limiter } from './limiter';
import { SharedCounts } from './shared-counts';
import type { LedgerTable } from './team/ledger-keeper';
import { TeamLimits } from './team/team-limits';

/** How much clients may send, and how long they wait for it. */
export interface Limits {
  /** By the second and by longer periods: before a body is read. */
  readonly limiter: Limiter;
  /** By the minute and at a time, with the body. */
  readonly admission: Admission;
  /** What has to be told before the process may be frozen. */
  settle(): Promise<unknown> | undefined;
}

interface World {
  readonly env: Env;
  readonly state: ChainState;
  readonly servesMany: boolean;
  readonly telemetry: Pick<Telemetry, 'alone' | 'refused'>;
}

/** A process that serves many tells the table of all of them at once. */
const GATHER_MS = 500;

export function createLimits(
  { clients = [], fairQueue }: RouterConfig,
  { env, state, servesMany, telemetry }: World,
): Limits {
  const { clock } = state;
  const { alone } = telemetry;
  const name = env[ENV.HEALTH_TABLE];
  const openCounters = async () => (await import('./counter-store')).createCounterStore(name!, env);
  const openLedgers = async () => (await import('./team/ledger-store')).createLedgerStore(name!, env);
  const table: LedgerTable | undefined = name
    ? { open: openLedgers, alone, gatherMs: servesMany ? GATHER_MS : 0 }
    : undefined;
  const limiter = new Limiter(clients, name ? new SharedCounts(openCounters, alone) : undefined, clock.now());
  const teams = clients.flatMap(({ name: client, limits }) =>
    limits !== undefined && isOfMinutes(limits)
      ? [[client, new TeamLimits(client, limits, clock, table)] as const]
      : [],
  );
  const admission = new Admission(
    state,
    new Map(teams),
    limiter,
    telemetry,
    fairQueue && new Turns(clock, fairQueue.concurrent),
  );
  return {
    limiter,
    admission,
    settle: () => admission.settle(),
  };
}

const isOfMinutes = ({ requestsPerMinute, tokensPerMinute, concurrent }: ClientLimits): boolean =>
  (requestsPerMinute ?? tokensPerMinute ?? concurrent) !== undefined;
