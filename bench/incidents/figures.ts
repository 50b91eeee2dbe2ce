import type { Figures } from './figure-names';
import { isTrue } from './retry-after';
import { spanOf, type TrafficRun } from './run-traffic';
import { CHAIN } from './world/chain';
import { servedBy, type LedgerEntry } from './world/ledger';
import { PER_SECOND } from './world/traffic';

const BACK_WITHIN_MS = 15_000;

/** `records` in the order of arrival. */
export function figuresOf(records: readonly LedgerEntry[], traffic: TrafficRun): Figures {
  const { chain = CHAIN, quotas } = traffic.incident;
  const primary = chain[0]!;
  const span = spanOf(traffic);
  const failed = records.filter(({ delivered }) => !delivered);
  const away = records.filter((record) => servedBy(record) !== primary);
  const during = records.filter(({ at }) => at >= span.from && at < span.to);
  const attempts = sum(during, (record) => record.attempts.length) / during.length;
  const end = Math.max(...records.map(({ at }) => at));
  const leftAfter = firstSecond(
    during,
    span.from,
    Math.min(span.to, end),
    (window) => share(window, isAsked(primary)) < 0.5,
  );
  return {
    requests: records.length,
    failed: failed.length,
    failedKnowing: failedKnowing(failed),
    failedAfterwards: failed.filter(({ at }) => at > span.to + BACK_WITHIN_MS).length,
    left: away.length / records.length,
    leftSound: away.filter(({ primarySound }) => primarySound).length,
    attempts,
    attemptsPerHost: attempts / chain.length,
    tokensLost: sum(records, tokensLost),
    cachesLost: cachesLost(records),
    processes: new Set(records.map(({ process }) => process)).size,
    ...optional('leftAfter', leftAfter),
    ...(leftAfter !== undefined &&
      optional(
        'backAfter',
        firstSecond(records, span.to, end, (window) => share(window, (each) => servedBy(each) === primary) >= 0.95),
      )),
    ...(quotas !== undefined && {
      served: servedOfQuota(during, sum(Object.values(quotas), (quota) => quota) * PER_SECOND, span),
      untrue: failed.filter((record) => !isTrue(record, records)).length,
    }),
  };
}

const WINDOW_MS = 5000;

/** Seconds after `from` when something first holds of the requests of the five seconds that follow. */
function firstSecond(
  records: readonly LedgerEntry[],
  from: number,
  to: number,
  holds: (window: readonly LedgerEntry[]) => boolean,
): number | undefined {
  let [first, behind] = [records.findIndex(({ at }) => at >= from), 0];
  if (first < 0) return undefined;
  for (let at = from; at + WINDOW_MS <= to; at += 1000) {
    while (first < records.length && records[first]!.at < at) first++;
    behind = Math.max(behind, first);
    while (behind < records.length && records[behind]!.at < at + WINDOW_MS) behind++;
    if (behind > first && holds(records.slice(first, behind))) return (at - from) / 1000;
  }
  return undefined;
}

const isAsked =
  (host: string) =>
  ({ attempts }: LedgerEntry): boolean =>
    attempts.some((attempt) => attempt.host === host);

/** Those that were under way when the first one failed could not know. */
function failedKnowing(failed: readonly LedgerEntry[]): number {
  const byProcess = Map.groupBy(failed, ({ process }) => process);
  return Math.max(
    0,
    ...[...byProcess.values()].map((all) => {
      const known = Math.min(...all.map(({ endedAt }) => endedAt));
      return all.filter(({ at }) => at > known).length;
    }),
  );
}

function tokensLost({ delivered, attempts }: LedgerEntry): number {
  const paidFor = delivered ? attempts.findLast(({ whole }) => whole) : undefined;
  return sum(attempts, (attempt) => (attempt === paidFor ? 0 : attempt.input + attempt.output));
}

function cachesLost(records: readonly LedgerEntry[]): number {
  const homes = new Map<number, string>();
  let lost = 0;
  for (const record of records) {
    const host = servedBy(record);
    if (host === undefined) continue;
    const home = homes.get(record.conversation);
    if (home !== undefined && home !== host) lost += 1;
    homes.set(record.conversation, host);
  }
  return lost;
}

function servedOfQuota(during: readonly LedgerEntry[], perSecond: number, span: ReturnType<typeof spanOf>): number {
  return sum(during, ({ delivered }) => Number(delivered)) / ((perSecond * (span.to - span.from)) / 1000);
}

const share = (records: readonly LedgerEntry[], holds: (record: LedgerEntry) => boolean): number =>
  records.filter(holds).length / records.length;

function sum<T>(all: readonly T[], value: (each: T) => number): number {
  return all.reduce((total, each) => total + value(each), 0);
}

const optional = <K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> =>
  value === undefined ? {} : ({ [name]: value } as Record<K, number>);
