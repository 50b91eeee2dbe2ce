import * as v from 'valibot';
import { modelReport } from '../../../console/view/model-report';
import type { StackDescription } from '../../../lib/contract';
import { openGateway } from '../../cli/gateway-access';
import { type Meter, USD } from '../prices';

const report = v.object({
  hosts: v.array(
    v.object({
      name: v.string(),
      models: v.array(modelReport),
    }),
  ),
});
/** How a router stands with the models of each host. */
export type HealthReport = v.InferOutput<typeof report>;

/** Of the page, which shows all else meanwhile. */
const PATIENCE_MS = 3000;
/** One that cannot be reached from here rarely can be a moment later. */
const PAUSE_MS = 60_000;

/** What a router says of hosts when it is asked; undefined where none can be, from here or with this key. */
export function createReport(stack: StackDescription, meter: Meter): () => Promise<HealthReport | undefined> {
  let opened: ReturnType<typeof openGateway> | undefined;
  let notBefore = -Infinity;
  const ask = async (): Promise<HealthReport> => {
    const { url, key } = await (opened ??= openGateway(stack));
    meter.charge(USD.report);
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/health/hosts`, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    return v.parse(report, await answer.json());
  };
  return async () => {
    if (Date.now() < notBefore) return undefined;
    try {
      return await Promise.race([ask(), tooLate()]);
    } catch {
      // The health table says most of it: what routers tell each other.
      opened = undefined;
      notBefore = Date.now() + PAUSE_MS;
      return undefined;
    }
  };
}

const tooLate = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error('the gateway does not answer')), PATIENCE_MS).unref());
