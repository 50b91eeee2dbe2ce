import type { CommitMode } from '../../lib/contract';
import { SWITCHES, type DemoChain } from './demo-chain';
import { readHealth } from './live-health';
import type { Scoreboard } from './scoreboard';
import type { Traffic } from './traffic';

/** What the page can see and do. */
export interface Demo {
  /** All there is to draw, with the requests and marks after that id. */
  state(since: number): Promise<DemoState>;
  /** False for what there is not. */
  act(action: string, values: Readonly<Record<string, unknown>>): Promise<boolean>;
}

export type DemoState = Awaited<ReturnType<typeof describe>>;

interface Parts {
  readonly gateway: string;
  readonly chain: DemoChain;
  readonly board: Scoreboard;
  readonly traffic: Traffic;
  readonly isSteady: boolean;
}

export function createDemo(parts: Parts): Demo {
  const { chain, board, traffic } = parts;

  const setFault = async (name: unknown, id: unknown): Promise<boolean> => {
    const host = chain.hosts.find((each) => each.name === name);
    const wanted = SWITCHES.find((each) => each.id === id);
    if (!host?.simulated || (id !== null && !wanted)) return false;
    await host.simulated.setFault(wanted?.fault);
    board.mark({ host: host.name, text: wanted?.label ?? 'healed', healed: wanted === undefined });
    return true;
  };
  const actions: Readonly<Record<string, (values: Readonly<Record<string, unknown>>) => Promise<boolean>>> = {
    fault: ({ host, fault }) => setFault(host, fault),
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
    state: (since) => describe(parts, since),
    act: async (action, values) => (Object.hasOwn(actions, action) ? actions[action]!(values) : false),
  };
}

async function describe({ gateway, chain, board, traffic, isSteady }: Parts, since: number) {
  const health = await readHealth(gateway);
  const shares = board.shares();
  return {
    now: Date.now(),
    gateway,
    key: chain.key,
    isSteady,
    isSimulated: chain.yardstick !== undefined,
    commit: traffic.commit,
    switches: SWITCHES.map(({ id, label }) => ({ id, label })),
    hosts: chain.hosts.map(({ name, title, detail, simulated }) => ({
      name,
      title,
      detail,
      canBreak: simulated !== undefined,
      fault: SWITCHES.find(({ fault }) => fault === simulated?.fault)?.id ?? null,
      share: shares[name] ?? 0,
      health: health.get(name) ?? { state: 'unknown' },
    })),
    pace: chain.config.hosts[0]?.breaker,
    totals: board.totals,
    latency: board.latency(),
    ...board.since(since),
  };
}
