import type { GatewayRequest } from '../../lambda/engine/gateway';
import { createOperations } from '../../local/health-table/table-operations';
import { awsAgent } from '../../local/virtual/aws-agent';
import { SimulatedClock } from '../../local/virtual/simulated-clock';
import { inVirtualWorld, repeatableRandom } from '../../local/virtual/virtual-world';
import { VirtualTransport, type VirtualPlace } from '../../local/virtual/virtual-transport';
import { ask } from './ask';
import type { Attack, Incident, ScriptedRefusal } from './incident';
import type { Policy } from './policies/policy';
import { CHAIN, GOOGLE, hostAt, HOSTS, TABLE } from './world/chain';
import { draw } from './world/draw';
import type { LedgerEntry } from './world/ledger';
import { ScriptedHost, type HostWorld } from './world/scripted-host';
import { googleTokens } from './world/google-tokens';
import { sound, type HostCondition } from './world/script';
import { gaps, PER_SECOND, turn, turnBody, turnNumber, type Turn } from './world/traffic';

export const START = Date.UTC(2026, 10, 21);
const MINUTE_MS = 60_000;
const SEED = 12;
/** For answers that begin shortly before the end. */
const AFTERWARDS_MS = 900_000;

export interface TrafficRun {
  readonly policy: Policy;
  readonly minutes: number;
  readonly incident: Pick<Incident, 'chain' | 'span' | 'hosts' | 'quotas'>;
  /** What a client sends; undefined for one that sends nothing. @default - what an SDK sends */
  readonly attack?: (turn: Turn) => Attack | undefined;
  readonly refusal?: ScriptedRefusal;
}

/** When the incident begins and ends, in milliseconds since the epoch; one that fills the hour does not end with it. */
export function spanOf({ minutes, incident: { span } }: Pick<TrafficRun, 'minutes' | 'incident'>) {
  if (span === undefined) return { from: START, to: Infinity };
  const [from, to] = span;
  return { from: START + from * minutes * MINUTE_MS, to: START + to * minutes * MINUTE_MS };
}

/** What a request of the traffic asks for. */
export const turnOf = (number: number): Turn => turn(number, SEED);

/** The same requests in every run, through the policy to hosts that follow their script. */
export async function runTraffic(traffic: TrafficRun): Promise<LedgerEntry[]> {
  const { policy, minutes, incident, attack = (): Attack => ({}), refusal = () => undefined } = traffic;
  const { chain = CHAIN, hosts, quotas = {} } = incident;
  const span = spanOf(traffic);
  const clock = new SimulatedClock(START);
  const records = new Map<number, LedgerEntry>();
  const condition = (host: string, { number }: Turn, attempt: number): HostCondition => {
    const now = clock.now();
    const script = now >= span.from && now < span.to ? hosts[host as keyof typeof HOSTS] : undefined;
    const place = CHAIN.findIndex((name) => name === host);
    return (script ?? sound)((now - span.from) / 1000, draw(SEED, number, 10 + place, attempt));
  };
  const world: HostWorld = {
    clock,
    condition,
    refusal,
    begin: ({ body }) => {
      const number = body instanceof Uint8Array ? turnNumber(body) : undefined;
      const record = number === undefined ? undefined : records.get(number);
      return record && { turn: turn(record.number, SEED), attempts: record.attempts };
    },
  };
  const places = chain.map((name): [string, VirtualPlace] => {
    const quota = quotas[name];
    return [hostAt(name), new ScriptedHost(HOSTS[name], world, quota === undefined ? undefined : quota * PER_SECOND)];
  });
  const transport = new VirtualTransport(new Map([...places, [new URL(GOOGLE).host, googleTokens]]));
  const operations = createOperations(TABLE, () => clock.now());
  const agent = awsAgent(clock, (target, asked) => operations[target.split('.')[1]!]!(asked));

  await inVirtualWorld({ clock, print: () => {}, fetch: nowhere, agent }, async () => {
    const serve = policy({ clock, random: repeatableRandom(), transport, chain });
    const gap = gaps(SEED);
    const arrive = (number: number): void => {
      clock.timer(gap(), () => {
        if (clock.now() >= START + minutes * MINUTE_MS) return;
        arrive(number + 1);
        const asked = turn(number, SEED);
        const sent = attack(asked);
        if (sent === undefined) return;
        const record: LedgerEntry = {
          number,
          conversation: asked.conversation,
          at: clock.now(),
          primarySound: isServing(condition(chain[0]!, asked, 0)),
          attempts: [],
          process: 0,
          endedAt: NaN,
          status: 0,
          delivered: false,
          retryAfter: undefined,
          note: '',
        };
        records.set(number, record);
        for (let times = sent.times ?? 1; times > 0; times--) {
          void ask(serve, requestOf(asked, sent), sent.leavesAfterMs, record, clock);
        }
      });
    };
    arrive(0);
    await clock.runUntil(START + minutes * MINUTE_MS + AFTERWARDS_MS);
  });
  return [...records.values()];
}

/** Slower than this is as good as down. */
const TOO_SLOW = 10;

const isServing = (condition: HostCondition): boolean =>
  condition.kind === 'sound' || (condition.kind === 'slow' && condition.factor < TOO_SLOW);

const nowhere = (): Promise<Response> => Promise.reject(new Error('nothing is scripted for fetch'));

function requestOf(
  asked: Turn,
  { method = 'POST', path = '/v1/messages', headers, fields, body }: Attack,
): GatewayRequest {
  return {
    id: `gw_${asked.number}`,
    method,
    path,
    query: '',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', ...headers },
    body: body ?? turnBody(asked, fields),
    client: `client-${asked.client}`,
    timeLeftMs: undefined,
  };
}
