import { createHostAsk, type HostAsk } from '../../../lambda/functions/canary/checks/host-ask';
import type { Check, CheckResult } from '../../../lambda/functions/canary/checks/check';
import { checkHost } from '../../../lambda/functions/canary/checks/check-host';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { startSimulatedHost, type SimulatedHost } from '../../../local/hosts';
import { AWS, ENV, GOOGLE, HOST_SETUPS, type HostName } from '../../e2e/host-setups';

export const HAIKU = 'claude-haiku-5-5';
export const MODELS = [HAIKU, 'claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-4-5-20251001'];

export interface CheckedHosts {
  readonly url: (name: HostName) => string;
  host(name: HostName): SimulatedHost;
  readonly asking: HostAsk;
  check(check: Partial<Check>, slowMs?: number): Promise<CheckResult>;
  close(): Promise<void>;
}

/** The hosts of a chain on loopback, and the canary's way to them. */
export async function startHosts(
  names: readonly HostName[],
  env: Readonly<Record<string, string>> = ENV,
): Promise<CheckedHosts> {
  const hosts = new Map<HostName, SimulatedHost>();
  for (const name of names)
    hosts.set(
      name,
      await startSimulatedHost({ name, deltaDelayMs: 0, aws: AWS, google: GOOGLE, ...HOST_SETUPS[name].simulated }),
    );
  const host = (name: HostName): SimulatedHost => hosts.get(name)!;
  const asking = createHostAsk(configOf(host, names), env, systemClock, Math.random);
  return {
    url: (name) => host(name).url,
    host,
    asking,
    check: (check, slowMs = 5000) =>
      checkHost(
        { host: names[0]!, model: HAIKU, shape: 'plain', ...check },
        { ask: asking.ask, models: asking.models, clock: systemClock, slowMs },
      ),
    close: async () => {
      asking.close();
      await Promise.all([...hosts.values()].map((each) => each.close()));
    },
  };
}

export const configOf = (host: (name: HostName) => SimulatedHost, names: readonly HostName[]) =>
  parseConfig(
    JSON.stringify({
      hosts: names.map((name) => HOST_SETUPS[name].config(host(name).url)),
      models: MODELS,
      routes: [{ chain: names }],
    }),
  );
