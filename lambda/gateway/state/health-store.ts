import * as v from 'valibot';
import { HEALTH_KINDS, type HealthEntry, type OverrideEntry, type RouterEntry } from '../../../lib/contract';
import { dynamoTable, type Condition, type Item } from '../../aws/dynamo-table';
import type { Env } from '../../runtime/require-env';

/** What routers, canary and operators tell each other of hosts. Every method rejects when the table cannot be used. */
export interface HealthStore {
  /** All entries that can be read, some of which may have expired. */
  read(): Promise<RouterEntry[]>;
  /** An override replaces the host's last one. Of health only news is kept: false where the table knows of something later. */
  write(entry: RouterEntry): Promise<boolean>;
  /** Ends the override of a host. */
  removeOverride(host: string): Promise<void>;
}

/** An entry outlives its outage for routers that read it late. */
const KEPT_MS = 600_000;
const TIMEOUT_MS = 2000;

const time = v.pipe(v.number(), v.finite());
const health = v.object({
  type: v.literal('health'),
  host: v.string(),
  scope: v.string(),
  state: v.picklist(['down', 'back']),
  until: time,
  reason: v.string(),
  at: time,
}) satisfies v.GenericSchema<HealthEntry>;
const override = v.object({
  type: v.literal('override'),
  host: v.string(),
  action: v.picklist(['drain', 'drill', 'weight']),
  percent: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  until: time,
  at: time,
  by: v.string(),
}) satisfies v.GenericSchema<OverrideEntry>;
const routerEntry = v.variant('type', [health, override]);

/** `until` only grows within an outage, and what was seen first never replaces what was seen later. */
const NEWS: Readonly<Record<HealthEntry['state'], string>> = {
  down: 'attribute_not_exists(#at) OR (#state = :down AND #until < :until) OR (#state <> :down AND #at < :at)',
  back: 'attribute_not_exists(#at) OR #at < :at',
};

/** The table of that name in the region of `env`. */
export function createHealthStore(tableName: string, env: Env): HealthStore {
  const table = dynamoTable(tableName, env, TIMEOUT_MS);
  return {
    async read() {
      const items = await table.query(HEALTH_KINDS.router);
      return items.flatMap((item) => {
        const entry = v.safeParse(routerEntry, item);
        return entry.success ? [entry.output] : [];
      });
    },
    write: (entry) => table.put(toItem(entry), entry.type === 'health' ? newsOnly(entry) : undefined),
    removeOverride: (host) => table.delete(HEALTH_KINDS.router, overrideKey(host)),
  };
}

function newsOnly({ state, until, at }: HealthEntry): Condition {
  return { expression: NEWS[state], values: state === 'down' ? { down: state, until, at } : { at } };
}

function toItem(entry: RouterEntry): Item {
  const isHealth = entry.type === 'health';
  return {
    kind: HEALTH_KINDS.router,
    entry: isHealth ? `health#${entry.host}#${entry.scope}` : overrideKey(entry.host),
    expires: Math.ceil((entry.until + (isHealth ? KEPT_MS : 0)) / 1000),
    ...entry,
  };
}

const overrideKey = (host: string): string => `override#${host}`;
