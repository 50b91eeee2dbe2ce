import { NotModelled, type Alarm, type AlarmState } from './alarm';
import { evaluateAlarm, isDue, isWindowFull } from './evaluate-alarm';
import { HeldActions, type ActionStep } from './held-actions';
import type { MetricStore } from './metrics/metric-store';

export const MINUTE_MS = 60_000;

export interface StateChange {
  readonly at: number;
  readonly alarm: string;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** One alarm telling one topic; or not telling it, because a suppressor held it back. */
export interface Notification extends ActionStep {
  readonly alarm: string;
  readonly topic: string;
}

export interface Timeline {
  readonly changes: readonly StateChange[];
  readonly notifications: readonly Notification[];
  /** State of each alarm at the end. */
  readonly states: ReadonlyMap<string, AlarmState>;
}

/** Lets the alarms see the metrics, minute by minute, from the moment they were made. Metrics do not depend on alarms. */
export function replay(alarms: readonly Alarm[], store: MetricStore, from: number, to: number): Timeline {
  const states = new Map<string, AlarmState>(alarms.map(({ name }) => [name, 'INSUFFICIENT_DATA']));
  const changes: StateChange[] = [];
  const notifications: Notification[] = [];
  const stateOf = (name: string): AlarmState => states.get(name)!;
  const warming = new Set(alarms.filter((alarm) => alarm.kind === 'metric' && alarm.warmUpMinutes > 0));
  const isWarming = (alarm: Alarm, now: number): boolean => {
    if (!warming.has(alarm) || alarm.kind !== 'metric') return false;
    if (now - from < alarm.warmUpMinutes * MINUTE_MS && !isWindowFull(alarm, store, now)) return true;
    return !warming.delete(alarm);
  };
  const watched = askedFirst(alarms).map((alarm) => ({ alarm, takeActions: actionTaker(alarm, stateOf) }));

  for (let now = from; now <= to; now += MINUTE_MS) {
    for (const { alarm, takeActions } of watched) {
      const { name, actions } = alarm;
      const before = stateOf(name);
      const after = isWarming(alarm, now) ? before : nextState(alarm, store, now, before, stateOf);
      states.set(name, after);
      if (after !== before) changes.push({ at: now, alarm: name, from: before, to: after });
      for (const step of takeActions(now, before, after)) {
        notifications.push(...actions[step.state].map((topic) => ({ alarm: name, topic, ...step })));
      }
    }
  }
  return { changes, notifications, states };
}

function nextState(
  alarm: Alarm,
  store: MetricStore,
  now: number,
  current: AlarmState,
  stateOf: (name: string) => AlarmState,
): AlarmState {
  if (alarm.kind === 'composite') return alarm.rule.holds(stateOf) ? 'ALARM' : 'OK';
  return isDue(alarm, now) ? evaluateAlarm(alarm, store, now, current) : current;
}

type ActionTaker = (now: number, before: AlarmState, after: AlarmState) => readonly ActionStep[];

function actionTaker(alarm: Alarm, stateOf: (name: string) => AlarmState): ActionTaker {
  const suppressor = alarm.kind === 'composite' ? alarm.suppressor : undefined;
  if (suppressor === undefined) return (at, before, state) => (state === before ? [] : [{ at, state }]);
  const held = new HeldActions(suppressor);
  return (now, _before, after) => held.step(now, after, stateOf(suppressor.alarm) === 'ALARM');
}

/** A composite alarm after all alarms that it asks. */
function askedFirst(alarms: readonly Alarm[]): Alarm[] {
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  const ordered = new Set<Alarm>();
  const visit = (alarm: Alarm, asking: readonly string[]): void => {
    const path = [...asking, alarm.name];
    if (asking.includes(alarm.name))
      throw new NotModelled(`alarms that ask each other in a circle: ${path.join(', ')}`);
    if (ordered.has(alarm)) return;
    for (const name of asked(alarm)) {
      const child = byName.get(name);
      if (child === undefined) throw new NotModelled(`alarm ${alarm.name}: alarm ${name} is not among the alarms`);
      visit(child, path);
    }
    ordered.add(alarm);
  };
  for (const alarm of alarms) visit(alarm, []);
  return [...ordered];
}

function asked(alarm: Alarm): readonly string[] {
  if (alarm.kind === 'metric') return [];
  return [...alarm.rule.alarms, ...(alarm.suppressor ? [alarm.suppressor.alarm] : [])];
}
