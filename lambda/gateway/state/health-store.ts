import * as v from 'valibot';
import {
  FIGURE_NAMES,
  type FigureEntry,
  HEALTH_KINDS,
  type HealthEntry,
  type OverrideEntry,
  type RouterEntry,
} from '../../../lib/contract';
import { dynamoTable, type Condition, type Item } from '../../aws/dynamo-table';
import type { Env } from '../../runtime/require-env';
import { LONGEST_HOLD_MS, SKEW_MS } from './health-bounds';

/** What routers, canary and operators tell each other of hosts. Every method rejects when the table cannot be used. */
export interface HealthStore {
  /** All entries that can be read, some of which may have expired. */
  read(): Promise<RouterEntry[]>;
  /** An override replaces the host's last one. Of all else only news is kept: false where the table knows of something later. */
  write(entry: RouterEntry): Promise<boolean>;
  /** Ends the override of a host. */
  removeOverride(host: string): Promise<void>;
}

/** An entry outlives its outage for routers that read it late. */
const KEPT_MS = 600_000;
const TIMEOUT_MS = 2000;

/** No date is later. */
const LAST_TIME = 8.64e15;
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_TIME));
const health = v.object({
  type: v.literal('health'),
  host: v.string(),
  scope: v.string(),
  state: v.picklist(['down', 'back']),
  until: time,
  reason: v.string(),
  at: time,
  writer: v.exactOptional(v.literal('canary')),
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
const figure = v.object({
  type: v.literal('figure'),
  name: v.picklist(FIGURE_NAMES),
  host: v.string(),
  scope: v.string(),
  value: v.pipe(v.number(), v.gtValue(0), v.finite()),
  samples: v.pipe(v.number(), v.minValue(1), v.finite()),
  before: v.pipe(v.number(), v.gtValue(0), v.finite()),
  since: time,
  at: time,
  until: time,
}) satisfies v.GenericSchema<FigureEntry>;
const routerEntry = v.variant('type', [health, override, figure]);

/**
 * `until` only grows within an outage, and what was seen first never replaces what was seen later; but for a row that no reader
 * believes, or a clock that was wrong once would keep everybody silent for as long.
 */
const NEWS: Readonly<Record<HealthEntry['state'], string>> = {
  down:
    'attribute_not_exists(#at) OR (#state = :down AND #until < :until) OR (#state <> :down AND #at < :at)' +
    ' OR #at > :ahead OR #until > :furthest',
  back: 'attribute_not_exists(#at) OR #at < :at OR #at > :ahead',
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
    write: (entry) => table.put(toItem(entry), entry.type === 'override' ? undefined : newsOnly(entry)),
    removeOverride: (host) => table.delete(HEALTH_KINDS.router, overrideKey(host)),
  };
}

function newsOnly(entry: HealthEntry | FigureEntry): Condition {
  const { until, at } = entry;
  const values = { at, ahead: at + SKEW_MS };
  if (entry.type === 'figure' || entry.state === 'back') return { expression: NEWS.back, values };
  return { expression: NEWS.down, values: { ...values, down: entry.state, until, furthest: at + LONGEST_HOLD_MS } };
}

function toItem(entry: RouterEntry): Item {
  const keptMs = entry.type === 'health' ? KEPT_MS : 0;
  return {
    kind: HEALTH_KINDS.router,
    entry: keyOf(entry),
    expires: Math.ceil((entry.until + keptMs) / 1000),
    ...entry,
  };
}

function keyOf(entry: RouterEntry): string {
  if (entry.type === 'override') return overrideKey(entry.host);
  const { host, scope } = entry;
  return entry.type === 'health' ? `health#${host}#${scope}` : `figure#${entry.name}#${host}#${scope}`;
}

const overrideKey = (host: string): string => `override#${host}`;
