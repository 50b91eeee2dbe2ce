import * as v from 'valibot';
import { HEALTH_KINDS } from '../../../lib/contract';
import { dynamoTable } from '../../aws/dynamo-table';
import type { Env } from '../../runtime/require-env';

/** What processes have counted together under one name. */
export interface Counter {
  readonly requests: number;
  /** How many of them have counted. */
  readonly processes: number;
}

/** Counters that all processes add to. Every method rejects when the table cannot be used. */
export interface CounterStore {
  /** Adds to a counter that is forgotten after `endsAt`, and says what there is then. */
  add(name: string, counter: Counter, endsAt: number): Promise<Counter>;
  read(name: string): Promise<Counter>;
}

const TIMEOUT_MS = 2000;
const counter = v.object({ requests: v.optional(v.number(), 0), processes: v.optional(v.number(), 0) });

export function createCounterStore(tableName: string, env: Env): CounterStore {
  const table = dynamoTable(tableName, env, TIMEOUT_MS);
  return {
    async add(name, { requests, processes }, endsAt) {
      const key = { kind: HEALTH_KINDS.limits, entry: name };
      return v.parse(counter, await table.add(key, { requests, processes }, { expires: Math.ceil(endsAt / 1000) }));
    },
    read: async (name) => v.parse(counter, (await table.get(HEALTH_KINDS.limits, name)) ?? {}),
  };
}
