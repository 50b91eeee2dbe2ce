import * as v from 'valibot';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import type { Series, Span } from '../../../console/source';
import { idOf, prefixOf } from '../now/alarms';
import type { Place } from '../place';
import { type Meter, USD } from '../prices';
import { subscribersOf } from './subscribers';

const page = v.object({
  AlarmHistoryItems: v.optional(
    v.array(
      v.object({
        AlarmName: v.optional(v.string(), ''),
        Timestamp: v.number(),
        HistoryItemType: v.string(),
        HistorySummary: v.optional(v.string(), ''),
      }),
    ),
    [],
  ),
  NextToken: v.optional(v.string()),
});
type Item = v.InferOutput<typeof page>['AlarmHistoryItems'][number];
type Fired = Series['alarms'][number];

/** An account may have alarms of many others. */
const MOST_PAGES = 20;
/** CloudWatch acts within seconds. */
const ACTS_MS = 5 * 60_000;
/** CloudWatch's own words. */
const ON = /updated from \w+ to ALARM$/;
const OFF = /updated from ALARM to /;
const DONE = /^Successfully executed action (arn:\S+)/;

/** Alarms of the stack that fired in a while, when they ended, and whom CloudWatch has told of them. */
export async function alarmsIn(span: Span, { stack, name, env }: Place, meter: Meter): Promise<Fired[]> {
  const items = await historyOf(span, prefixOf(name), stack.region, env, meter);
  const topics = items.flatMap(({ HistorySummary }) => DONE.exec(HistorySummary)?.[1] ?? []);
  const people = await subscribersOf([...new Set(topics)]);
  return items
    .filter(({ HistorySummary }) => ON.test(HistorySummary))
    .map(({ AlarmName, Timestamp }) => {
      const own = items.filter((item) => item.AlarmName === AlarmName && item.Timestamp >= Timestamp);
      const end = own.find(({ HistorySummary }) => OFF.test(HistorySummary))?.Timestamp;
      const told = own.flatMap(({ HistorySummary, Timestamp: at }) =>
        at - Timestamp <= ACTS_MS / 1000 ? (DONE.exec(HistorySummary)?.[1] ?? []) : [],
      );
      const toldTo = [...new Set(told)].map((topic) => people.get(topic) ?? topic).join('; ');
      return {
        id: idOf(AlarmName),
        tells: stack.noticeTopic !== undefined && told.includes(stack.noticeTopic) ? ('notice' as const) : 'page',
        at: Timestamp * 1000,
        ...(end !== undefined && { until: end * 1000 }),
        ...(toldTo !== '' && { toldTo }),
      };
    });
}

async function historyOf(
  { from, to }: Span,
  prefix: string,
  region: string,
  env: Place['env'],
  meter: Meter,
): Promise<Item[]> {
  const items: Item[] = [];
  const target = 'GraniteServiceVersion20100801.DescribeAlarmHistory';
  const asked = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100, ScanBy: 'TimestampAscending' };
  let NextToken: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    meter.charge(USD.cloudWatchCall);
    const body = { ...asked, StartDate: Math.floor(from / 1000), EndDate: Math.ceil(to / 1000), NextToken };
    const found = v.parse(page, await callAwsJson({ service: 'monitoring', region, target, body }, env));
    items.push(...found.AlarmHistoryItems.filter(({ AlarmName }) => AlarmName.startsWith(prefix)));
    NextToken = found.NextToken;
    if (NextToken === undefined) break;
  }
  return items;
}
