import type { FigureEntry } from '../../../lib/contract';

/** How a figure follows its samples. */
export interface FigureHabits {
  /** The most that one sample may say, however long there was none. */
  readonly heaviest: number;
  /** Becoming so many times as much is noticed within samples, and step by step. @default - nothing is */
  readonly leap?: number;
}

type Told = Pick<FigureEntry, 'value' | 'samples' | 'before' | 'since' | 'at'>;

/** A slow hour becomes usual, a slow minute does not. */
const HALF_LIFE_MS = 300_000;
/** Fewer say nothing. They are told one by one, because each process may see few. */
const LEAST_SAMPLES = 5;
const RECENT = 1 / 8;
/** What was seen so long ago is not recent. In as long, what the first who leave a host do to others is seen before the rest follow. */
const RECENT_MS = 15_000;
/** Less is not worth telling, nor moving a conversation. */
const WORTH_TELLING = 1.1;
/** The table keeps a figure for a day; one that stays the same is told again. */
const TELL_AGAIN_MS = 3_600_000;
/** What a conversation that has begun goes by after a change: as long as its prompt cache lives without a turn. */
const BEFORE_MS = 300_000;
/** What a turn takes, as far as anybody knows: by it a conversation of few turns is younger than a change. */
const TURN_MS = 60_000;

/**
 * An average that is slow, and what everybody goes by: the average as it was when it last changed by much. So the order stays as it
 * is between two changes, and is the same in every process.
 */
export class Figure {
  #told: Told | undefined;
  #mean = 0;
  #recent = 0;
  #samples = 0;
  #sampledAt = 0;
  #seenAt = 0;

  constructor(private readonly habits: FigureHabits) {}

  /** For a conversation that has had so many turns, which may be older than the last change. */
  value(turns: number, now: number): number | undefined {
    if (this.#told === undefined || this.#told.samples < LEAST_SAMPLES) return undefined;
    const { value, before, since } = this.#told;
    return Math.abs(now - since) < Math.min(turns * TURN_MS, BEFORE_MS) ? before : value;
  }

  /** News where it has changed by much. */
  sample(value: number, now: number): Told | undefined {
    if (!(value > 0 && Number.isFinite(value))) return undefined;
    const { heaviest, leap = Infinity } = this.habits;
    this.#samples += 1;
    // A clock that was set back has let no time pass.
    const passed = 1 - 2 ** (-Math.max(0, now - this.#sampledAt) / HALF_LIFE_MS);
    const first = 1 / this.#samples;
    this.#mean += (value - this.#mean) * Math.max(first, Math.min(passed, heaviest));
    this.#recent += (value - this.#recent) * Math.max(first, RECENT);
    this.#sampledAt = now;
    this.#seenAt = now;
    const isSettled = this.#told === undefined || Math.abs(now - this.#told.at) >= RECENT_MS;
    if (isSettled && this.#recent > this.#mean * leap) this.#mean *= leap;
    return this.#isNews(now) ? this.#tell(now) : undefined;
  }

  /** What another process has told. */
  learn(told: Told, now: number): void {
    const { value, samples, at } = told;
    const knownAt = this.#told?.at ?? -Infinity;
    // What is known from a time still to come is from a clock that has been set back since.
    if (at === knownAt || (at < knownAt && knownAt <= now)) return;
    this.#told = told;
    this.#mean = value;
    if (Math.abs(now - this.#seenAt) > RECENT_MS) this.#recent = value;
    this.#samples = Math.max(this.#samples, samples);
    this.#sampledAt = Math.max(this.#sampledAt, at);
  }

  #isNews(now: number): boolean {
    if (this.#told === undefined || this.#told.samples < LEAST_SAMPLES) return true;
    const times = this.#mean / this.#told.value;
    return times >= WORTH_TELLING || times <= 1 / WORTH_TELLING || now - this.#told.at >= TELL_AGAIN_MS;
  }

  #tell(now: number): Told {
    const [value, samples] = [this.#mean, this.#samples];
    const known = this.#told && this.#told.samples >= LEAST_SAMPLES ? this.#told : undefined;
    const isBurst = known !== undefined && Math.abs(now - known.since) < BEFORE_MS;
    const { before, since } = isBurst ? known : { before: known?.value ?? value, since: now };
    this.#told = { value, samples, before, since, at: now };
    return this.#told;
  }
}
