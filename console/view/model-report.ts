import * as v from 'valibot';

/** How a router says that a host stands with one of its models. */
export const modelReport = v.object({
  model: v.string(),
  state: v.picklist(['healthy', 'cooling', 'open', 'half-open', 'ramping']),
  reason: v.exactOptional(v.string()),
  until: v.exactOptional(v.number()),
  stage: v.exactOptional(v.number()),
});
