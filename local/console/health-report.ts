import * as v from 'valibot';

const report = v.object({
  hosts: v.array(
    v.object({
      name: v.string(),
      kind: v.string(),
      models: v.array(
        v.object({
          model: v.string(),
          state: v.picklist(['healthy', 'cooling', 'open', 'half-open', 'ramping']),
          reason: v.exactOptional(v.string()),
          until: v.exactOptional(v.number()),
          stage: v.exactOptional(v.number()),
        }),
      ),
      override: v.exactOptional(
        v.object({
          action: v.picklist(['drain', 'drill', 'weight']),
          percent: v.exactOptional(v.number()),
          until: v.number(),
        }),
      ),
    }),
  ),
});
export type HealthReport = v.InferOutput<typeof report>;

/** Asks the gateway itself, as an operator would. */
export async function readHealthReport(gateway: string, key: string): Promise<HealthReport> {
  const answer = await fetch(`${gateway}/health/hosts`, { headers: { authorization: `Bearer ${key}` } });
  return v.parse(report, await answer.json());
}
