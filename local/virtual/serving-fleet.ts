import type { RouterConfig } from '../../lib/contract';
import type { GatewayRequest, GatewayResponse } from '../../lambda/engine/gateway';
import { createRouter, type Router, type World } from '../../lambda/gateway/create-router';
import { passedOn } from './passed-on';

interface ServingProcess {
  /** Counted from 0. */
  readonly number: number;
  readonly router: Router;
  underWay: number;
}

export interface FleetSize {
  /** That run from the beginning. */
  readonly processes: number;
  /** Requests at a time; one more process starts when all have as many. */
  readonly requestsEach: number;
}

/** Routers that serve many requests at a time, behind something that gives each to the one with the fewest. */
export class ServingFleet {
  readonly #processes: ServingProcess[] = [];

  constructor(
    private readonly config: RouterConfig,
    private readonly env: Readonly<Record<string, string>>,
    private readonly world: World,
    private readonly size: FleetSize,
  ) {
    for (let started = 0; started < size.processes; started++) this.#start();
  }

  /** The body has to be read: its end makes room for another request. */
  async handle(request: GatewayRequest, signal: AbortSignal): Promise<GatewayResponse & { readonly process: number }> {
    const taking = this.#withRoom();
    taking.underWay += 1;
    const release = (): void => void (taking.underWay -= 1);
    const response = { ...(await taking.router.handle(request, signal)), process: taking.number };
    const { body } = response;
    if (!(body instanceof Uint8Array)) return { ...response, body: passedOn(body, release) };
    release();
    return response;
  }

  #withRoom(): ServingProcess {
    const emptiest = this.#processes.reduce((one, other) => (other.underWay < one.underWay ? other : one));
    return emptiest.underWay < this.size.requestsEach ? emptiest : this.#start();
  }

  #start(): ServingProcess {
    const router = createRouter(this.config, this.env, { ...this.world, servesMany: true });
    const process = { number: this.#processes.length, router, underWay: 0 };
    this.#processes.push(process);
    return process;
  }
}
