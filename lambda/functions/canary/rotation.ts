import { DOOR_SHAPE, ENDPOINT_HOST, type CanaryShape, type HostConfig, isClaudeHost } from '../../../lib/contract';
import { costOf } from '../../../lib/catalog/others/other-prices';
import { costUsd } from '../../../lib/catalog/prices';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Usage } from '../../engine/answer';
import { type Check, isSame } from './checks/check';
import { shapeOf } from './checks/shapes';

/** What is asked how often, in minutes. */
interface Pace {
  /** Every host for its cheapest model: that the way there works. */
  readonly path: number;
  /** Every host for each other model. */
  readonly model: number;
  /** Tools and images, with the cheapest model. */
  readonly shape: number;
  /** Every other form with every model. */
  readonly deep: number;
}

/** The first that the budget allows is taken: a small budget makes checks rarer instead of ending them before the day ends. */
const PACES: readonly Pace[] = [
  { path: 1, model: 4, shape: 120, deep: 4320 },
  { path: 2, model: 4, shape: 240, deep: 10_080 },
  { path: 4, model: 4, shape: 480, deep: 10_080 },
  // Leaves room for a last resort that costs nobody knows what.
  { path: 4, model: 5, shape: 720, deep: 10_080 },
  { path: 4, model: 8, shape: 480, deep: 10_080 },
  { path: 4, model: 15, shape: 1440, deep: 20_160 },
  { path: 4, model: 60, shape: 1440, deep: 40_320 },
  { path: 4, model: 240, shape: 10_080, deep: 40_320 },
  { path: 10, model: 240, shape: 10_080, deep: 40_320 },
  { path: 60, model: 1440, shape: 10_080, deep: 40_320 },
];
const ENDPOINT_MINUTES = 4;
/** What is behind it is asked by the other checks. */
const DOOR_MINUTES = 60;
const COUNT_MINUTES = 15;
const DAY_MINUTES = 1440;
/** Of what only a last resort asks: it costs what nobody knows, and is there for the rarest day. */
const OTHER_MINUTES = 360;

interface Entry {
  readonly check: Check;
  readonly period: number;
  readonly offset: number;
  readonly usd: number;
}

export interface RotationProps {
  readonly hosts: readonly HostConfig[];
  readonly models: ModelCatalog;
  /** Whether the public endpoint is asked too. */
  readonly endpoint: boolean;
  /** Whether it is asked as OpenAI's clients ask, too. */
  readonly openaiDoor?: boolean | undefined;
  readonly intervalMinutes: number;
  readonly dailyBudgetUsd: number;
}

/** Which checks are due when. The same minute always has the same ones: nothing has to be remembered. */
export class Rotation {
  /** What a day of it costs at most, at list price. */
  readonly dailyUsd: number;
  /** Longest time between two requests to a host for any of its models. */
  readonly modelMinutes: number;
  readonly #entries: readonly Entry[];

  constructor(private readonly props: RotationProps) {
    const plans = PACES.map((pace) => ({ pace, entries: entriesOf(props, pace) }));
    const { pace, entries } =
      plans.find((plan) => dailyUsd(plan.entries, props.intervalMinutes) <= props.dailyBudgetUsd) ?? plans.at(-1)!;
    this.#entries = entries;
    this.dailyUsd = dailyUsd(entries, props.intervalMinutes);
    this.modelMinutes = Math.max(pace.model, props.intervalMinutes);
  }

  /** `minute` since the epoch. */
  due(minute: number): readonly Check[] {
    return this.#entries.filter((entry) => isDue(entry, minute, this.props.intervalMinutes)).map(({ check }) => check);
  }

  /** Whether it is a check of this rotation, whenever it is due. */
  has(wanted: Check): boolean {
    return this.#entries.some(({ check }) => isSame(check, wanted));
  }

  /** Whether a last resort is asked. */
  get hasOthers(): boolean {
    return this.props.hosts.some(isOther);
  }

  /** What costs nothing: every host, one model after the other, and the endpoint as often as ever. */
  free(minute: number): readonly Check[] {
    const round = Math.floor(minute / this.props.intervalMinutes);
    const due = this.due(minute);
    return hostsOf(this.props)
      .filter(({ host }) => !isOther(hostNamed(this.props, host)))
      .filter(({ host }) => host !== ENDPOINT_HOST || due.some((check) => check.host === host))
      .map(({ host, models }) => ({ host, model: models[round % models.length]!, shape: 'count-tokens' }));
  }

  /** What a check has cost, or without its usage, costs at most. */
  usd(check: Check, usage?: Usage): number {
    return usdOf(check, hostNamed(this.props, check.host), usage);
  }
}

interface AskedHost {
  readonly host: string;
  /** The cheapest first. */
  readonly models: readonly string[];
}

/** The endpoint goes where it sends everybody, and knows every model. */
function hostsOf({ hosts, models, endpoint }: RotationProps): readonly AskedHost[] {
  const ids = models.models.map(({ id }) => id);
  const cheapestFirst = (names: readonly string[], host?: HostConfig): string[] =>
    [...names].sort(
      (a, b) =>
        usdOf({ host: '', model: a, shape: 'plain' }, host) - usdOf({ host: '', model: b, shape: 'plain' }, host),
    );
  // Where only the way to a host is to be proven, it is done with the model that costs least.
  const named = hosts.map((host) => ({
    host: host.name,
    models: cheapestFirst(
      ids.filter((id) => models.on(id, host) !== undefined),
      host,
    ),
  }));
  const outside = endpoint ? [{ host: ENDPOINT_HOST, models: cheapestFirst(ids).slice(0, 1) }] : [];
  return [...named, ...outside].filter((asked) => asked.models.length > 0);
}

/** Hosts are asked in the same minute: when all of them fail, it is the canary that has lost its way. */
function entriesOf(props: RotationProps, pace: Pace): readonly Entry[] {
  return hostsOf(props).flatMap(({ host, models }, place) => {
    const config = hostNamed(props, host);
    const entry = (model: string, shape: CanaryShape, period: number, offset: number): Entry[] => {
      const check = { host, model, shape };
      return shapeOf(shape, model) === undefined ? [] : [{ check, period, offset, usd: usdOf(check, config) }];
    };
    const alternating = (model: string, period: number, offset: number): Entry[] => [
      ...entry(model, 'plain', 2 * period, offset),
      ...entry(model, 'stream', 2 * period, offset + period),
    ];
    if (isOther(config)) {
      return models.flatMap((model, index) => [
        ...entry(model, 'other-text', OTHER_MINUTES, place + index),
        ...entry(model, 'other-tool', DAY_MINUTES, place + index + 1),
      ]);
    }
    const [cheapest, ...others] = models as [string, ...string[]];
    if (host === ENDPOINT_HOST) {
      const door = props.openaiDoor ? entry(cheapest, DOOR_SHAPE, Math.max(DOOR_MINUTES, pace.path), 1) : [];
      return [...alternating(cheapest, Math.max(ENDPOINT_MINUTES, pace.path), 0), ...door];
    }
    // Otherwise all the dear ones would fall due in one minute, with their peak in cost and in quota.
    const spread = (index: number, period: number): number => place + Math.floor((index * period) / 7);
    return [
      ...alternating(cheapest, pace.path, 0),
      ...entry(cheapest, 'tool-use', pace.shape, spread(1, pace.shape)),
      ...entry(cheapest, 'image', pace.shape, spread(2, pace.shape)),
      ...entry(cheapest, 'cached-system', Math.max(pace.shape, DAY_MINUTES), spread(3, DAY_MINUTES)),
      ...entry(cheapest, 'thinking', pace.deep, spread(4, pace.deep)),
      ...others.flatMap((model, index) => [
        ...alternating(model, pace.model, index + 1),
        ...entry(model, 'tool-use', pace.deep, spread(index, pace.deep)),
        ...entry(model, 'image', pace.deep, spread(index + 2, pace.deep)),
        ...entry(model, 'thinking', pace.deep, spread(index + 4, pace.deep)),
      ]),
      ...models.flatMap((model, index) => entry(model, 'count-tokens', COUNT_MINUTES, place + index)),
    ];
  });
}

/** A server of kind `messages` that leads to Claude is in a chain, and asked as the others there are. */
const isOther = (host: HostConfig | undefined): boolean =>
  host !== undefined && !isClaudeHost(host) && !(host.kind === 'messages' && host.lacks?.length === 0);

function isDue({ period, offset }: Entry, minute: number, interval: number): boolean {
  const count = (at: number): number => Math.floor((at - offset) / period);
  return count(minute) > count(minute - interval);
}

const dailyUsd = (entries: readonly Entry[], interval: number): number =>
  entries.reduce((sum, { period, usd }) => sum + (usd * DAY_MINUTES) / Math.max(period, interval), 0);

const hostNamed = ({ hosts }: RotationProps, name: string): HostConfig | undefined =>
  hosts.find((host) => host.name === name);

/** What it costs without a list price is taken to be what the dearest model costs. */
const DEAREST = 'claude-fable-5-1';

function usdOf(
  { model, shape }: Check,
  host: HostConfig | undefined,
  usage: Usage = shapeOf(shape, model)?.usage ?? {},
): number {
  return costOf(model, usage, host) ?? costUsd(DEAREST, usage, host) ?? 0;
}
