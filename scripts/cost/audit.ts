import { audit, prices } from '../../docs/prices.json';
import { gb, monthlyUsd, MONTH_SECONDS, type Use } from './components';

/** Firehose charges each record by so much at the least. */
const RECORD_KB = 5;
/** Of records that wait, and of those that are lost. */
const ALARMS = 2;
const objects = (requests: number): number => Math.min(requests, MONTH_SECONDS / 60 / audit.objectMinutes);
/** A key and alarms cost where nobody calls: the canary's few requests are not counted. */
const common = (requests: number): Use[] => [
  ['kmsKey', () => 1],
  ['alarmMetric', () => ALARMS],
  ['kmsCall', () => objects(requests) * audit.keyUsesPerObject],
  ['objectPut', () => objects(requests)],
  ['objectStorageGb', () => gb(requests, audit.compressedKb) * audit.monthsKept],
  ['logGb', () => gb(requests, audit.headKb)],
];

export interface AuditRow {
  readonly name: string;
  readonly usd: (requests: number) => number;
}

/** What a trail adds, by what the router runs as and what is kept. */
export const AUDIT_ROWS: readonly AuditRow[] = [
  {
    name: 'a trail, by `lambda`: a record of Firehose each',
    usd: (requests) => monthlyUsd([...common(requests), ['firehoseGb', () => gb(requests, RECORD_KB)]], requests),
  },
  {
    name: 'a trail, by the other shapes: many in one',
    usd: (requests) => monthlyUsd([...common(requests), ['firehoseGb', () => gb(requests, audit.recordKb)]], requests),
  },
  {
    name: 'as Parquet, more',
    usd: (requests) => (gb(requests, audit.recordKb) * prices.firehoseConvertedGb.usd) / prices.firehoseConvertedGb.per,
  },
  {
    name: 'contents, more',
    usd: (requests) =>
      monthlyUsd(
        [
          ['kmsKey', () => 1],
          ['objectPut', () => requests],
          ['objectStorageGb', () => gb(requests, audit.contentsKb) * audit.contentsMonthsKept],
          ['firehoseGb', () => gb(requests, RECORD_KB)],
        ],
        requests,
      ),
  },
];
