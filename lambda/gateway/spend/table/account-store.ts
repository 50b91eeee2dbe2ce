import { HEALTH_KINDS } from '../../../../lib/contract';
import { type DynamoTable, dynamoTable, type Item } from '../../../aws/dynamo-table';
import type { AccountState, AccountStore } from '../../../engine/allowance/account-state';
import type { Env } from '../../../runtime/require-env';

/** Slots are attributes that begin so. */
const SLOT = 's_';
const TIMEOUT_MS = 2000;

/** Names of items in partitions of their own, so that no one of them takes all writes: `<partition>|<entry>`. */
export function itemName(region: string, scope: string, window: string, shard: number): string {
  return `${region}#${partitionOf(`${scope}#${shard}`)}|${scope}|${window}|${shard}`;
}

/** All kinds in which a region's items may be. */
export const kindsOf = (region: string): readonly string[] =>
  Array.from({ length: PARTITIONS }, (_, place) => `${HEALTH_KINDS.spend}#${region}#${place}`);
const PARTITIONS = 16;

/** FNV-1a, which spreads short texts well. */
function partitionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}

/** `expires`: of an item by its name, in seconds since the epoch. */
export function createAccountStore(tableName: string, env: Env, expires: (item: string) => number): AccountStore {
  return accountStoreOf(dynamoTable(tableName, env, TIMEOUT_MS), expires);
}

export function accountStoreOf(table: DynamoTable, expires: (item: string) => number): AccountStore {
  return {
    async change(item, { process, from, to, used, spent, room }) {
      const slot = `${SLOT}${process}`;
      const isOwn = from === undefined ? `attribute_not_exists(#${slot})` : `#${slot} = :from`;
      // An item that is not there has used nothing.
      const isNew = room !== undefined && room >= 0 ? 'attribute_not_exists(#used) OR ' : '';
      const hasRoom = room === undefined ? '' : ` AND (${isNew}#used <= :room)`;
      const found = await table.update(
        keyOf(item),
        `ADD #used :used, #spent :spent SET #${slot} = :to, #expires = :expires`,
        {
          used,
          spent,
          to,
          expires: expires(item),
          ...(from !== undefined && { from }),
          ...(room !== undefined && { room }),
        },
        `${isOwn}${hasRoom}`,
      );
      return found && stateOf(found);
    },
    async read(item) {
      const { kind, entry } = keyOf(item);
      return stateOf((await table.get(kind, entry, true)) ?? {});
    },
    async sweep(item, slots) {
      const names = [...slots.keys()].map((process) => `${SLOT}${process}`);
      const held = [...slots.values()].reduce((sum, slot) => sum + (parseInt(slot, 10) || 0), 0);
      const values = Object.fromEntries([...slots.values()].map((slot, index) => [`slot${index}`, slot]));
      const swept = await table.update(
        keyOf(item),
        `ADD #used :back REMOVE ${names.map((name) => `#${name}`).join(', ')}`,
        { back: -held, ...values },
        names.map((name, index) => `#${name} = :slot${index}`).join(' AND '),
      );
      return swept !== undefined;
    },
    async notice(item) {
      const set = await table.update(keyOf(item), 'SET #noticed = :one', { one: 1 }, 'attribute_not_exists(#noticed)');
      return set !== undefined;
    },
    async spread(item, from, to, now) {
      const was = from === 1 ? 'attribute_not_exists(#shards)' : '#shards = :from';
      const values = { to, now, ...(from !== 1 && { from }) };
      return (await table.update(keyOf(item), 'SET #shards = :to, #spreadAt = :now', values, was)) !== undefined;
    },
  };
}

export function keyOf(item: string): { readonly kind: string; readonly entry: string } {
  const at = item.indexOf('|');
  return { kind: `${HEALTH_KINDS.spend}#${item.slice(0, at)}`, entry: item.slice(at + 1) };
}

export function stateOf(item: Item): AccountState {
  const number = (name: string, otherwise: number): number => {
    const value = item[name];
    return typeof value === 'number' ? value : otherwise;
  };
  const slots = Object.entries(item).flatMap(([name, value]): [string, string][] =>
    name.startsWith(SLOT) && typeof value === 'string' ? [[name.slice(SLOT.length), value]] : [],
  );
  return {
    used: number('used', 0),
    spent: number('spent', 0),
    shards: number('shards', 1),
    spreadAt: number('spreadAt', 0),
    noticed: number('noticed', 0) > 0,
    slots: new Map(slots),
  };
}
