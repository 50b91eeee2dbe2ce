import type { Bucket } from '../series';
import type { Series } from '../../source';
import { readTrace } from '../trace';

export interface ReportEvent {
  readonly at: number;
  readonly text: string;
}

/** What began and what ended, in its order: failures of hosts, who answered for them, alarms. */
export function timelineOf({ buckets, alarms }: Series, everyMs: number): ReportEvent[] {
  return [...failures(buckets, everyMs), ...helpers(buckets), ...told(alarms)].toSorted((a, b) => a.at - b.at);
}

function failures(buckets: readonly Bucket[], everyMs: number): ReportEvent[] {
  const steps = new Set(buckets.flatMap(({ reasons }) => Object.keys(reasons)));
  return [...steps].flatMap((step) => {
    const [{ host, word, passedBy } = { host: step, word: step, passedBy: undefined }] = readTrace(step);
    if (passedBy !== undefined || word === 'ok') return [];
    const during = buckets.filter(({ reasons }) => reasons[step] !== undefined);
    const count = Math.round(during.reduce((sum, { reasons }) => sum + reasons[step]!, 0));
    const [first, last] = [during[0]!, during.at(-1)!];
    const ends = last === buckets.at(-1) ? [] : [{ at: last.at + everyMs, text: `${host} no longer fails: ${word}` }];
    return [{ at: first.at, text: `${host} begins to fail: ${word}, ${count} times in all` }, ...ends];
  });
}

/** Each time another host gives most of the answers. */
function helpers(buckets: readonly Bucket[]): ReportEvent[] {
  let before: string | undefined;
  return buckets.flatMap(({ at, answers }) => {
    const [most] = Object.entries(answers).toSorted(([, a], [, b]) => b - a);
    if (most === undefined || most[0] === before) return [];
    before = most[0];
    return [{ at, text: `${before} gives most answers` }];
  });
}

function told(alarms: Series['alarms']): ReportEvent[] {
  return alarms.flatMap(({ id, tells, at, until, toldTo }) => [
    { at, text: `Alarm ${id} tells (${tells})${toldTo === undefined ? '' : `: ${toldTo}`}` },
    ...(until === undefined ? [] : [{ at: until, text: `Alarm ${id} is over` }]),
  ]);
}
