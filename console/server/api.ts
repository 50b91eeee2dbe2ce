import { errorText } from '../../lambda/runtime/error-text';
import type { Done, Look, Welcome } from '../api';
import type { Faults } from '../faults';
import type { Source } from '../source';
import { headlineOf } from '../view/headline';
import { incidentReport } from '../view/report/incident-report';
import { InputError, readAct, readSearch, readSeries, readSpan } from './input';
import { ruled } from './rulings';

export interface Served {
  readonly sources: readonly Source[];
  readonly canOperate: boolean;
  readonly everyMs: number;
  readonly faults: Faults | undefined;
}
type Values = Readonly<Record<string, unknown>>;
type Answer = (values: Values) => unknown;

/** Not for whoever looks. */
export class Forbidden extends Error {}

/** How many requests stand in a report. */
const REPORTED = 200;
const REPORT_STEPS = 120;

/** What is answered, by method and name; of a GET the values are its query. */
export function createApi({ sources, canOperate, everyMs, faults }: Served): Readonly<Record<string, Answer>> {
  const sourceOf = ({ gateway }: Values): Source => {
    const found = sources.find((source) => source.gateway === gateway);
    if (found === undefined)
      throw new InputError(`gateway: there is ${sources.map((source) => source.gateway).join(', ')}`);
    return found;
  };
  return {
    'GET welcome': (): Welcome => ({
      gateways: sources.map(({ gateway }) => gateway),
      canOperate,
      everyMs,
      hasFaults: faults !== undefined,
    }),
    'GET now': (): Promise<readonly Look[]> => Promise.all(sources.map(lookAt)),
    'GET requests': (values) => sourceOf(values).search(readSearch(values)),
    async 'GET journey'(values) {
      const journey = await sourceOf(values).journey(String(values['requestId']), readSpan(values));
      return journey && ruled(journey);
    },
    'GET series'(values) {
      const { everyMs: step, ...span } = readSeries(values);
      return sourceOf(values).series(span, step);
    },
    async 'GET report'(values): Promise<string> {
      const [source, span] = [sourceOf(values), readSpan(values)];
      const everyMs = Math.max(1000, Math.ceil((span.to - span.from) / REPORT_STEPS));
      const { gateway } = source;
      const [series, found] = await Promise.all([
        source.series(span, everyMs),
        source.search({ ...span, gateway, isTroubled: true, limit: REPORTED }),
      ]);
      return incidentReport({ gateway, span, everyMs, series, found });
    },
    'GET set-up': (values) => sourceOf(values).setUp(),
    'POST preview': (values) => sourceOf(values).preview(readAct(values['act'])),
    async 'POST perform'(values): Promise<Done> {
      if (!canOperate) throw new Forbidden('this console only looks: start it with --operate to act');
      const [source, act] = [sourceOf(values), readAct(values['act'])];
      const { refusal } = await source.preview(act);
      if (refusal !== undefined) throw new Forbidden(refusal);
      return { done: await source.perform(act) };
    },
    ...(faults && {
      'GET faults': () => faults.state(),
      async 'POST faults'({ action, values }: Values) {
        const isDone = await faults.act(String(action), (values ?? {}) as Values);
        if (!isDone) throw new InputError(`action: '${String(action)}' cannot be done`);
        return faults.state();
      },
    }),
  };
}

async function lookAt(source: Source): Promise<Look> {
  const { gateway } = source;
  try {
    const now = await source.now();
    return { gateway, now, headline: headlineOf(now), cost: source.cost() };
  } catch (error) {
    // One that cannot be looked at hides no other.
    return { gateway, problem: errorText(error), cost: source.cost() };
  }
}
