import type { Random } from '../../../lambda/engine/time/clock';
import type { TokenCounts } from '../../trace/trace';
import { assumed } from '../assumptions';
import type { Bucket } from './bucket';
import { Calendar } from './calendar';
import { NEVER, type Environments } from './environments';
import type { SimulatedQuota } from './host-quota';
import { createRecord, type HourRecord } from './record';
import { SECOND_TICKS } from './ticks';

/** What a request runs through, and what it is like. */
export interface System {
  /** Requests of each service in each second; the last minutes are also what comes before the first. */
  readonly arrivals: readonly Uint32Array[];
  /** Requests of each service, as they are drawn from. */
  readonly services: readonly (readonly TokenCounts[])[];
  readonly gateway: Bucket;
  readonly environments: Environments;
  /** In the order in which they are tried. */
  readonly hosts: readonly SimulatedQuota[];
  readonly random: Random;
  /** Between two reads of the health table by an environment that is in use. */
  readonly secondsBetweenReads: number;
}

interface Timed extends TokenCounts {
  /** How long its answer takes. */
  readonly ticks: number;
}

interface Running {
  readonly tokens: Timed;
  readonly host: SimulatedQuota | undefined;
  /** Of its environment: the tick of the latest read. */
  readonly read: number;
}

/** Simulated before the hour that counts, so that it does not begin with a cold start of everything. */
const RUN_IN_SECONDS = 180;

const COLD_START_TICKS = assumed('coldStartSeconds') * SECOND_TICKS;
const REFUSAL_TICKS = assumed('refusalSeconds') * SECOND_TICKS;

/** Seconds an answer takes. */
export function answerSeconds({ context, generated }: TokenCounts): number {
  return (
    assumed('firstTokenSeconds') +
    (context / 1000) * assumed('secondsPerThousandContext') +
    generated / assumed('tokensPerSecond')
  );
}

/** Plays an hour, event by event: arrivals, refusals, and ends of answers. */
export function simulate(system: System): HourRecord {
  const { arrivals, gateway, environments, hosts, random } = system;
  const seconds = arrivals[0]!.length;
  const readTicks = system.secondsBetweenReads * SECOND_TICKS;
  const services = system.services.map((sample) => sample.map(withTicks));
  const record = createRecord(seconds, hosts.length);
  const ends = new Calendar<Running>();
  const due = new Uint16Array(SECOND_TICKS * services.length);

  const begin = (tokens: Timed, tick: number): void => {
    record.arrived();
    if (!gateway.has(1, tick)) return record.refused('gateway');
    gateway.take(1);
    const lastRead = environments.take(tick);
    if (lastRead === 'refused') return record.refused('lambda');
    const choice = firstThatAdmits(hosts, tokens, tick);
    if (choice === -1) record.refused('quota');
    else record.served(choice);
    const end = tick + (lastRead === NEVER ? COLD_START_TICKS : 0) + (choice === -1 ? REFUSAL_TICKS : tokens.ticks);
    let read = lastRead;
    for (let next = Math.max(tick, read + readTicks); next < end; next += readTicks) {
      record.read();
      read = next;
    }
    record.began(lastRead === NEVER, end - tick, tokens);
    ends.add(end, { tokens, host: hosts[choice], read });
  };
  const finish = ({ tokens, host, read }: Running, tick: number): void => {
    environments.free(tick, read);
    host?.settle(tokens);
    record.ended(host === undefined ? undefined : tokens);
  };

  for (let second = -RUN_IN_SECONDS; second < seconds; second++) {
    record.second(second);
    due.fill(0);
    for (let service = 0; service < services.length; service++) {
      for (let left = arrivals[service]![(second + seconds) % seconds]!; left > 0; left--) {
        due[Math.floor(random() * SECOND_TICKS) * services.length + service]! += 1;
      }
    }
    for (let part = 0; part < SECOND_TICKS; part++) {
      const tick = (second + RUN_IN_SECONDS) * SECOND_TICKS + part;
      for (const running of ends.at(tick)) finish(running, tick);
      for (let service = 0; service < services.length; service++) {
        const sample = services[service]!;
        for (let left = due[part * services.length + service]!; left > 0; left--) {
          begin(sample[Math.floor(random() * sample.length)]!, tick);
        }
      }
      record.busy(environments.busy);
    }
  }
  return record;
}

function withTicks(tokens: TokenCounts): Timed {
  return { ...tokens, ticks: Math.max(1, Math.round(answerSeconds(tokens) * SECOND_TICKS)) };
}

function firstThatAdmits(hosts: readonly SimulatedQuota[], tokens: TokenCounts, tick: number): number {
  for (let index = 0; index < hosts.length; index++) if (hosts[index]!.admits(tokens, tick)) return index;
  return -1;
}
