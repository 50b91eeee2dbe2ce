import * as v from 'valibot';
import type { RouterConfig } from '../../../../lib/contract';
import { CLAUDE_SCHEMAS } from '../../../hosts/config-schemas';
import { problemOf } from '../../../hosts/host-schema';
import { OTHER_SCHEMAS } from '../../../hosts/other/other-schemas';
import type { Holds, SameShape } from '../../../schema/same-shape';
import { batchesProblems } from '../batches/batches-checks';
import { batchesSchema } from '../batches/batches-schema';
import { auditSchema } from '../governance/audit-schema';
import type { ConfigKinds } from './config-kinds';
import { routerSchema, wrongHost } from '../config-schema';
import { lastResortProblems } from '../last-resort-checks';
import { orderingProblems } from '../routes/order-checks';
import { fairQueueSchema, limitsSchema } from '../governance/limits-schema';
import { policyProblems } from '../governance/policy-checks';
import { guardrailSchema, policySchema } from '../governance/policy-schema';
import { cacheSchema } from '../routes/cache-schema';
import { hoursSchema, orderSchema } from '../routes/order-schema';
import { othersSchema } from '../routes/others-schema';
import { queueProblems } from '../queue/queue-checks';
import { queueSchema, whenDownSchema } from '../queue/queue-schema';
import { flag } from '../../../schema/schema-parts';
import { spendProblems } from '../spend/spend-checks';
import { clientSpendSchema, spendSchema } from '../spend/spend-schema';

const SCHEMAS = { ...CLAUDE_SCHEMAS, ...OTHER_SCHEMAS };

const host = v.variant(
  'kind',
  Object.values(SCHEMAS).map(({ config }) => config),
  wrongHost,
);

export const routerConfigSchema = routerSchema(host, {
  route: {
    ...othersSchema,
    cache: v.optional(cacheSchema),
    hours: v.optional(hoursSchema),
    order: v.optional(orderSchema),
    whenDown: v.optional(whenDownSchema),
  },
  client: {
    limits: v.optional(limitsSchema),
    policy: v.optional(policySchema),
    spend: clientSpendSchema,
    operator: v.optional(flag('holds the key of an operator, who sees and sets spend limits; default false')),
  },
  all: {
    fairQueue: v.optional(fairQueueSchema),
    guardrail: v.optional(guardrailSchema),
    spend: spendSchema,
    audit: v.optional(auditSchema),
    queue: v.optional(queueSchema),
    batches: v.optional(batchesSchema),
  },
});

/** Compiles only while schema and contract say the same. */
export type SchemaIsContract = Holds<SameShape<v.InferOutput<typeof routerConfigSchema>, RouterConfig>>;

/** A configuration with any kind of host, and with whatever a route may have. */
export const EVERY_CONFIG: ConfigKinds = {
  schema: routerConfigSchema,
  problem: (config) => problemOf(SCHEMAS, config),
  problems: (config) => [
    ...lastResortProblems(config),
    ...orderingProblems(config),
    ...policyProblems(config),
    ...spendProblems(config),
    ...queueProblems(config),
    ...batchesProblems(config),
  ],
};
