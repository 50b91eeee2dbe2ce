import type { ChainOutcome } from '../../engine/chain/chain-context';
import type { HostFailure } from '../../engine/dialect';

type Exhausted = Extract<ChainOutcome, { kind: 'exhausted' }>;

/** `telling`: the failure that says most. Whether it is for the hosts that there is no answer, and not for what the client has asked, or for how long. */
export function isForTheHosts({ unable, drained }: Exhausted, telling: HostFailure | undefined): boolean {
  if (telling !== undefined) return telling.owner === 'host' || telling.owner === 'operator';
  return drained.length > 0 || unable.length === 0;
}
