import type { Attack, Hostility } from './incident';
import type { Policy } from './policies/policy';
import { runTraffic, type TrafficRun } from './run-traffic';
import { servedBy, type LedgerEntry } from './world/ledger';
import { CLIENTS, type Turn } from './world/traffic';

const HOSTILE = CLIENTS - 1;
/** Failures that come together, with no success of another client between them. */
const AT_ONCE = 8;

/** What the other 49 clients got beside the hostile one, and how many of their requests went another way than without it. */
export interface Beside {
  readonly records: readonly LedgerEntry[];
  readonly traffic: TrafficRun;
  readonly changed: number;
}

/** Hosts that are sound, and one client that is not. */
export async function runHostile(hostility: Hostility, policy: Policy, minutes: number): Promise<Beside> {
  const { chain, others = (): Attack => ({}), attack, refusal } = hostility;
  const traffic = (hostile: (turn: Turn) => Attack | undefined): TrafficRun => ({
    policy,
    minutes,
    incident: { hosts: {}, ...(chain && { chain }) },
    attack: (turn) => (turn.client === HOSTILE ? hostile(turn) : others(turn)),
    ...(refusal && { refusal }),
  });
  const attacked = traffic((turn) => ({ ...attack(turn), times: AT_ONCE }));
  const records = (await runTraffic(attacked)).filter(({ conversation }) => conversation % CLIENTS !== HOSTILE);
  const undisturbed = new Map((await runTraffic(traffic(() => undefined))).map((record) => [record.number, record]));
  const changed = records.filter((record) => way(record) !== way(undisturbed.get(record.number)!)).length;
  return { records, traffic: attacked, changed };
}

/** All that a client can tell of a request, but for its time. */
function way(record: LedgerEntry): string {
  const { status, delivered, attempts, note } = record;
  return [status, delivered, servedBy(record), attempts.length, note].join();
}
