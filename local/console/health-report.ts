import * as v from 'valibot';
import { modelReport } from '../../console/view/model-report';

const override = v.object({
  action: v.picklist(['drain', 'drill', 'weight']),
  percent: v.exactOptional(v.number()),
  until: v.number(),
});
const report = v.object({
  /** What an operator has said of the region. */
  taken: v.exactOptional(override),
  hosts: v.array(
    v.object({
      name: v.string(),
      kind: v.string(),
      models: v.array(modelReport),
      override: v.exactOptional(override),
    }),
  ),
});
export type HealthReport = v.InferOutput<typeof report>;

/** Asks the gateway itself, as an operator would. */
export async function readHealthReport(gateway: string, key: string): Promise<HealthReport> {
  const answer = await fetch(`${gateway}/health/hosts`, { headers: { authorization: `Bearer ${key}` } });
  return v.parse(report, await answer.json());
}
