import type { CommitMode } from '../../lib/contract';
import type { Faults, FaultsNow } from '../../console/faults';
import { SWITCHES, type DemoChain } from './demo-chain';
import type { Scoreboard } from './scoreboard';
import type { Traffic } from './traffic';

interface Parts {
  readonly chain: DemoChain;
  readonly board: Scoreboard;
  readonly traffic: Traffic;
  readonly isSteady: boolean;
}
type Action = (values: Readonly<Record<string, unknown>>) => Promise<boolean>;

/** What breaks the demo's hosts, and what its client has counted. */
export function createDemoFaults({ chain, board, traffic, isSteady }: Parts): Faults {
  const actions: Readonly<Record<string, Action>> = {
    async fault({ host: name, fault: id }) {
      const host = chain.hosts.find((each) => each.name === name);
      const wanted = SWITCHES.find((each) => each.id === id);
      if (!host?.simulated || (id !== null && !wanted)) return false;
      await host.simulated.setFault(wanted?.fault);
      return true;
    },
    async commit({ mode }) {
      if (mode !== 'complete' && mode !== 'first-content') return false;
      traffic.commit = mode satisfies CommitMode;
      return true;
    },
    async send() {
      await traffic.send();
      return true;
    },
    async reset() {
      board.reset();
      return true;
    },
  };
  return {
    async state(): Promise<FaultsNow> {
      const latency = board.latency();
      const pace = chain.config.hosts[0]?.breaker;
      return {
        hosts: chain.hosts.map(({ name, title, detail, simulated }) => ({
          name,
          title,
          detail,
          canBreak: simulated !== undefined,
          fault: SWITCHES.find(({ fault }) => fault === simulated?.fault)?.id ?? null,
        })),
        switches: SWITCHES.map(({ id, label }) => ({ id, label })),
        totals: board.totals,
        ...(latency && { latency }),
        commit: traffic.commit === 'complete' ? 'complete' : 'first-content',
        isSimulated: chain.yardstick !== undefined,
        isSteady,
        ...(pace?.openMs !== undefined &&
          pace.rampStageMs !== undefined && { pace: { openMs: pace.openMs, rampStageMs: pace.rampStageMs } }),
      };
    },
    act: async (action, values) => (Object.hasOwn(actions, action) ? actions[action]!(values) : false),
  };
}
