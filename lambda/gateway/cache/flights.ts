import type { Clock } from '../../engine/time/clock';
import type { KeptAnswer } from './kept-answer';

/** Calls that are under way, so that equal requests that come at once make one. */
export class Flights {
  readonly #open = new Map<string, Flight>();

  of(key: string): Flight | undefined {
    return this.#open.get(key);
  }

  /** `gone`: its client is. */
  begin(key: string, gone: AbortSignal): Flight {
    const flight = new Flight(gone, () => {
      if (this.#open.get(key) === flight) this.#open.delete(key);
    });
    if (!this.#open.has(key)) this.#open.set(key, flight);
    return flight;
  }
}

/** A call, whoever waits for it: given up only when nobody does any more. */
export class Flight {
  readonly #given = new AbortController();
  readonly #landed: Promise<KeptAnswer | undefined>;
  readonly #leave = (): void => this.#giveUp();
  #land: (answer: KeptAnswer | undefined) => void = () => undefined;
  #followers = 0;

  constructor(
    private readonly gone: AbortSignal,
    private readonly over: () => void,
  ) {
    this.#landed = new Promise((resolve) => (this.#land = resolve));
    if (gone.aborted) this.#giveUp();
    else gone.addEventListener('abort', this.#leave, { once: true });
  }

  /** Aborted when nobody waits for it any more. */
  get signal(): AbortSignal {
    return this.#given.signal;
  }

  /** Ends it, with what may be given to others. */
  land(answer?: KeptAnswer): void {
    this.over();
    this.gone.removeEventListener('abort', this.#leave);
    this.#land(answer);
  }

  /** What it lands with. Undefined where that is nothing for others, or takes longer, or the follower has gone. */
  async follow(patienceMs: number, signal: AbortSignal, clock: Clock): Promise<KeptAnswer | undefined> {
    this.#followers += 1;
    let stop: () => void = () => undefined;
    const stopped = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
    const timer = clock.timer(patienceMs, stop);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      return await Promise.race([this.#landed, stopped]);
    } finally {
      timer.cancel();
      signal.removeEventListener('abort', stop);
      this.#followers -= 1;
      if (this.gone.aborted) this.#giveUp();
    }
  }

  #giveUp(): void {
    if (this.#followers === 0) this.#given.abort();
  }
}
