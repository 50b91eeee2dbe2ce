import type { Probe } from '../../../lib/contract';
import { type Judgement, judgeHost, type Versions } from './judge-host';
import { LONGEST_PROBE_MS } from './probe-event';

export interface Probing extends Versions {
  readonly probes: readonly Probe[];
  /** Until there has to be a judgement. */
  timeLeftMs(): number;
  log(judgement: Judgement): void;
}

/** As many requests as a router with little reserved concurrency can spare beside its traffic. */
const AT_ONCE = 3;
/** A host takes three probes at the most, and somebody has to be told. */
const LONGEST_HOST_MS = 3 * LONGEST_PROBE_MS + 10_000;

/** One for each host, also after one has failed. */
export async function judgeHosts({ probes, log, ...deps }: Probing): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  const waiting = [...probes];
  const judge = async (): Promise<void> => {
    for (let probe = waiting.shift(); probe; probe = waiting.shift()) {
      const judgement = deps.timeLeftMs() < LONGEST_HOST_MS ? noTime(probe) : await judgeHost(probe, deps);
      judgements.push(judgement);
      log(judgement);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, judge));
  return judgements;
}

/** So many hosts hang that there is no time for this one: an outage, and no fault of the new version. */
const noTime = ({ host }: Probe): Judgement => ({
  level: 'WARN',
  message: `host ${host}: not asked, since the others took all the time there is`,
});
