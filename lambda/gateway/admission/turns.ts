import { FairQueue } from '../../engine/limits/fair-queue';
import { Window } from '../../engine/limits/window';
import type { Clock } from '../../engine/time/clock';
import { GatewayError } from '../gateway-error';

/** Requests that may wait for their turn in one process, whatever for. */
const MOST_QUEUED = 1000;

interface Waiting {
  go(): void;
}

/** The requests for one model. */
interface Line {
  readonly window: Window;
  readonly queue: FairQueue<Waiting>;
  underWay: number;
}

/** A request whose turn it is, to be ended once. */
export interface Turn {
  /** `isShort`: no host took it, for its quota or its load. */
  heard(isShort: boolean): void;
  end(): void;
}

/** Where hosts cannot take all that comes, teams take turns, by model: one with a hundred requests does not keep one with a single one from its own. */
export class Turns {
  readonly #lines = new Map<string, Line>();
  #queued = 0;

  /** `most`: requests under way at a time for a model. */
  constructor(
    private readonly clock: Clock,
    private readonly most = Infinity,
  ) {}

  /** Rejects with a `GatewayError` where no turn comes in time, or its client leaves. */
  async take(model: string, team: string, cost: number, ms: number, signal: AbortSignal): Promise<Turn> {
    const line = this.#line(model);
    this.#drain(line);
    if (line.queue.size === 0 && line.window.hasRoom(line.underWay, this.clock.now())) {
      line.queue.pass(team, cost);
      line.underWay += 1;
    } else await this.#wait(line, team, cost, ms, signal);
    return {
      heard: (isShort) => {
        if (isShort) line.window.failed(line.underWay, this.clock.now());
        else line.window.succeeded();
      },
      end: () => {
        line.underWay -= 1;
        this.#drain(line);
      },
    };
  }

  #drain(line: Line): void {
    while (line.window.hasRoom(line.underWay, this.clock.now())) {
      const next = line.queue.shift();
      if (next === undefined) return;
      // Before it runs: the next of these must see it.
      line.underWay += 1;
      next.go();
    }
  }

  #wait(line: Line, team: string, cost: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#queued >= MOST_QUEUED) throw noTurn(`${MOST_QUEUED} requests are waiting for their turn here already`);
    return new Promise((resolve, reject) => {
      const ending = (settle: () => void) => (): void => {
        timer.cancel();
        signal.removeEventListener('abort', leave);
        this.#queued -= 1;
        line.queue.remove(waiting);
        settle();
      };
      const waiting: Waiting = { go: ending(resolve) };
      const leave = ending(() => reject(new GatewayError(499, 'the client is gone')));
      const giveUp = ending(() =>
        reject(noTurn('hosts take fewer requests than come, and no turn of this client came in time')),
      );
      const timer = this.clock.timer(ms, giveUp);
      this.#queued += 1;
      line.queue.push(team, cost, waiting);
      signal.addEventListener('abort', leave, { once: true });
      if (signal.aborted) leave();
    });
  }

  #line(model: string): Line {
    let line = this.#lines.get(model);
    if (line === undefined) {
      line = { window: new Window(this.most), queue: new FairQueue(), underWay: 0 };
      this.#lines.set(model, line);
    }
    return line;
  }
}

const noTurn = (why: string): GatewayError =>
  new GatewayError(529, `${why}; try again in 1 s`, { 'retry-after': '1', 'x-should-retry': 'true' });
