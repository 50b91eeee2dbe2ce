import * as v from 'valibot';
import type { RouterConfig } from '../../../../lib/contract';
import { CLAUDE_SCHEMAS } from '../../../hosts/config-schemas';
import { problemOf } from '../../../hosts/host-schema';
import { OTHER_SCHEMAS } from '../../../hosts/other/other-schemas';
import type { Holds, SameShape } from '../../../schema/same-shape';
import type { ConfigKinds } from './config-kinds';
import { routerSchema, wrongHost } from '../config-schema';
import { lastResortProblems } from '../last-resort-checks';
import { orderingProblems } from '../routes/order-checks';
import { cacheSchema } from '../routes/cache-schema';
import { hoursSchema, orderSchema } from '../routes/order-schema';
import { othersSchema } from '../routes/others-schema';

const SCHEMAS = { ...CLAUDE_SCHEMAS, ...OTHER_SCHEMAS };

const host = v.variant(
  'kind',
  Object.values(SCHEMAS).map(({ config }) => config),
  wrongHost,
);

export const routerConfigSchema = routerSchema(host, {
  ...othersSchema,
  cache: v.optional(cacheSchema),
  hours: v.optional(hoursSchema),
  order: v.optional(orderSchema),
});

/** Compiles only while schema and contract say the same. */
export type SchemaIsContract = Holds<SameShape<v.InferOutput<typeof routerConfigSchema>, RouterConfig>>;

/** A configuration with any kind of host, and with whatever a route may have. */
export const EVERY_CONFIG: ConfigKinds = {
  schema: routerConfigSchema,
  problem: (config) => problemOf(SCHEMAS, config),
  problems: (config) => [...lastResortProblems(config), ...orderingProblems(config)],
};
