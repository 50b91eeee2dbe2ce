import type { OverrideEntry, RouterConfig, StackDescription } from '../../../lib/contract';
import type { Act, Preview, Source } from '../../../console/source';
import { actWords } from '../../../console/view/act-words';
import type { LinkNow } from '../../../console/view/now';
import { removeLimit, setLimit } from '../../cli/spend/change-limit';
import { spendLimitsOf } from '../../cli/spend/operator-access';
import { openOverrideStore } from '../../cli/override-store';
import { overriding, tookBack } from '../../../console/view/overriding';
import { refusalOf } from './refusals';
import { scopeIn } from './spend-scope';

const MINUTE_MS = 60_000;
/** As the commands have it. */
const USUAL_MINUTES = 60;

interface Deployed {
  readonly stack: StackDescription;
  readonly config: RouterConfig;
  links(): Promise<readonly LinkNow[]>;
}

/** What the command line does, with the same words in the same places: the audit record comes first. */
export function createAwsActs({ stack, config, links }: Deployed): Pick<Source, 'preview' | 'perform'> {
  const store = openOverrideStore(stack);
  const standing = { stack, config, links, overrides: (): Promise<OverrideEntry[]> => store.list() };
  return {
    async preview(act): Promise<Preview> {
      const refusal = await refusalOf(act, standing);
      const until = untilOf(act);
      return {
        does: actWords(act),
        needs: rightOf(act, stack),
        isAudited: stack.audit !== undefined,
        ...(until !== undefined && { until }),
        ...(refusal !== undefined && { refusal }),
      };
    },
    async perform(act) {
      const refusal = await refusalOf(act, standing);
      if (refusal !== undefined) throw new Error(refusal);
      const [override, until, back] = [overriding(act), untilOf(act), tookBack(act)];
      if (override !== undefined && until !== undefined) {
        await store.set({ ...override, until });
        return `Done, until ${new Date(until).toISOString()}; routers see it within seconds.`;
      }
      if (back !== undefined) {
        await store.clear(back);
        return 'Taken back; routers see it within seconds.';
      }
      return limit(act, stack);
    },
  };
}

async function limit(act: Act, stack: StackDescription): Promise<string> {
  if (act.act !== 'spend-limit') throw new Error(`'${act.act}' cannot be done here`);
  const { limits } = spendLimitsOf(stack);
  const place = { scope: scopeIn(act.scope), period: act.period };
  return act.usd === undefined
    ? removeLimit(limits, place)
    : setLimit(limits, place, String(Math.round(act.usd * 100)));
}

function untilOf(act: Act): number | undefined {
  if (overriding(act) === undefined) return undefined;
  const { minutes = USUAL_MINUTES } = act as { readonly minutes?: number };
  return Date.now() + minutes * MINUTE_MS;
}

function rightOf(act: Act, { healthTable, audit }: StackDescription): string {
  if (act.act === 'spend-limit') return 'the key of a team with "operator": true, which the gateway checks';
  if (act.act === 'rotate-key') return 'whatever your deployments need';
  const write = overriding(act) === undefined ? 'DeleteItem' : 'PutItem';
  const record = audit && `, and firehose:PutRecord on ${audit.stream} for the record of it, which comes first`;
  return `dynamodb:${write} on the table ${healthTable.name}${record ?? ''}`;
}
