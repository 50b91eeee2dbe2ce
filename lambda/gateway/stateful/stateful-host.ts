import type { Steering } from '../../../lib/contract';
import type { ConfiguredHost } from '../../engine/chain/plan';
import type { Host } from '../../engine/host';
import type { ChainState } from '../../engine/chain/chain-context';
import { GatewayError } from '../gateway-error';
import type { Planner } from '../plan/plan-request';

export const NOTE = 'anthropic only: batches and files live on one host, so there is no failover';

export interface StatefulHost {
  readonly link: ConfiguredHost;
  readonly forward: NonNullable<Host['forward']>;
}

/** The host that keeps batches and files, if that is configured and the request may go there. */
export function statefulHost(
  { config, hosts }: Planner,
  path: string,
  steering: Partial<Record<Steering, string>>,
  state: ChainState,
): StatefulHost {
  const { stateful = false } = config;
  if (stateful === false) {
    throw new GatewayError(
      404,
      `${path}: this gateway does not serve batches and files; its operator may allow them ("stateful" in the configuration)`,
    );
  }
  const link = stateful === true ? [...hosts.values()].find(({ host }) => host.forward) : hosts.get(stateful.host);
  if (!link?.host.forward) throw new GatewayError(404, `${path}: no host of this gateway keeps batches and files`);
  const { name } = link.host;
  checkSteering(steering, name);
  const override = state.overrides.get(name, state.clock.now());
  if (override?.action === 'drain' || override?.action === 'drill') {
    const until = new Date(override.until).toISOString();
    throw new GatewayError(529, `${name} is taken out by an operator (${override.action}) until ${until}; ${NOTE}`);
  }
  return { link, forward: link.host.forward.bind(link.host) };
}

function checkSteering({ only, chain, skip }: Partial<Record<Steering, string>>, name: string): void {
  const names = (value: string) => value.split(',').map((each) => each.trim());
  const wanted = only ?? chain;
  if (wanted !== undefined && !names(wanted).includes(name)) {
    throw new GatewayError(
      400,
      `x-failover-${only === undefined ? 'chain' : 'only'}: '${wanted}' leaves out ${name}; ${NOTE}`,
    );
  }
  if (skip !== undefined && names(skip).includes(name)) {
    throw new GatewayError(400, `x-failover-skip: '${skip}' leaves out ${name}; ${NOTE}`);
  }
}
