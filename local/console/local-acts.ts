import { userInfo } from 'node:os';
import { REGION_HOST } from '../../lib/contract';
import type { HealthStore } from '../../lambda/gateway/state/health-store';
import type { Act, Preview } from '../../console/source';
import { actWords } from '../../console/view/act-words';
import { overriding } from '../../console/view/overriding';

const MINUTE_MS = 60_000;
const USUAL_MINUTES = 60;
const REFUSALS: Readonly<Partial<Record<Act['act'], string>>> = {
  'spend-limit': 'This gateway counts no spend: limits are kept where it is deployed.',
  'rotate-key': 'This gateway takes any key: there is none to rotate.',
};

/** What an operator may do to the gateway of this machine: the same words in the same table as in AWS. */
export function createLocalActs(store: HealthStore, hosts: readonly string[], now: () => number = Date.now) {
  const untilOf = (act: Act): number | undefined =>
    overriding(act) &&
    now() + ('minutes' in act && act.minutes !== undefined ? act.minutes : USUAL_MINUTES) * MINUTE_MS;
  const strangerOf = (act: Act): string | undefined =>
    'host' in act && !hosts.includes(act.host)
      ? `There is no host ${act.host}; the hosts are ${hosts.join(', ')}.`
      : undefined;
  return {
    preview(act: Act): Preview {
      const [refusal, until] = [REFUSALS[act.act] ?? strangerOf(act), untilOf(act)];
      return {
        does: actWords(act),
        needs: 'nothing: whoever can open this page on this machine may',
        isAudited: false,
        ...(until !== undefined && { until }),
        ...(refusal !== undefined && { refusal }),
      };
    },
    async perform(act: Act): Promise<string> {
      const [override, until] = [overriding(act), untilOf(act)];
      if (override === undefined || until === undefined) {
        await store.removeOverride('host' in act ? act.host : REGION_HOST);
        return 'Taken back; the router sees it within seconds.';
      }
      await store.write({ type: 'override', ...override, until, at: now(), by: userInfo().username });
      return 'Done; the router sees it within seconds.';
    },
  };
}
