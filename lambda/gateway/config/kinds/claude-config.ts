import * as v from 'valibot';
import { CLAUDE_SCHEMAS } from '../../../hosts/config-schemas';
import { problemOf } from '../../../hosts/host-schema';
import type { ConfigKinds } from './config-kinds';
import { routerSchema, wrongHost } from '../config-schema';

const host = v.variant(
  'kind',
  Object.values(CLAUDE_SCHEMAS).map(({ config }) => config),
  wrongHost,
);

/** A configuration without other models, orders, hours, policies and an audit trail: most have none. What it takes, `EVERY_CONFIG` takes too. */
export const CLAUDE_CONFIG: ConfigKinds = {
  schema: routerSchema(host, { route: {}, client: {}, all: {} }),
  problem: (config) => problemOf(CLAUDE_SCHEMAS, config),
  problems: () => [],
};
