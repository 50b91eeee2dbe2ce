import { startSimulatedHost, type RecordedRequest, type SimulatedHost } from '../../local/hosts';
import { AWS, ENV, GOOGLE, HOST_SETUPS, type HostName } from '../e2e/host-setups';
import type { WallClock } from './quick-clock';
import type { WallCase } from './cases/wall-case';

export const MODEL = 'claude-opus-5-5';
/** The simulated hosts accept it, so that a client may also speak to one of them without a gateway. */
export const HOST_KEY = ENV.ANTHROPIC_KEY;

/** The simulated hosts of one case, in its chain's order, each on its real wire. */
export interface WallWorld {
  readonly case: WallCase;
  readonly hosts: readonly SimulatedHost[];
  /** Requests for models and token counts that reached a host since it was broken, without the exchange of credentials. */
  calls(host: number): readonly RecordedRequest[];
  /** Out of the gateway's band. */
  break(): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

const TOKEN_PATH = /^\/v1\/token$|:generateAccessToken$/;
const TOKEN_MS = 15;

export async function startWorld(
  wallCase: WallCase,
  clock: WallClock,
  ports: readonly number[] = [],
): Promise<WallWorld> {
  const { chain, faults, tokenMs = TOKEN_MS } = wallCase;
  const hosts = await Promise.all(
    chain.map((wire, at) =>
      startSimulatedHost({
        kind: HOST_SETUPS[wire].simulated.kind,
        region: regionOf(wire),
        name: `${at}-${wire}`,
        port: ports[at] ?? 0,
        deltaDelayMs: tokenMs / clock.speed,
        faultClock: clock,
        aws: AWS,
        google: GOOGLE,
      }),
    ),
  );
  const before = hosts.map(() => 0);
  const all = (host: number) => hosts[host]?.requests.filter(({ path }) => !TOKEN_PATH.test(path)) ?? [];
  const each = (act: (host: SimulatedHost, at: number) => Promise<void>) => Promise.all(hosts.map(act));
  return {
    case: wallCase,
    hosts,
    calls: (host) => all(host).slice(before[host]),
    async break() {
      for (const at of hosts.keys()) before[at] = all(at).length;
      await each((host, at) => host.setFault(faults[at]));
    },
    async heal() {
      await each((host) => host.setFault());
    },
    async close() {
      await each((host) => host.close());
    },
  };
}

/** Each kind has its own where none is given. */
export function regionOf(wire: HostName): string {
  const { kind, region } = HOST_SETUPS[wire].simulated;
  return region ?? (kind === 'vertex' ? 'global' : 'us-east-1');
}
