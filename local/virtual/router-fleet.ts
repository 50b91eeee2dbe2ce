import type { RouterConfig } from '../../lib/contract';
import type { Clock } from '../../lambda/engine/time/clock';
import type { GatewayRequest, GatewayResponse } from '../../lambda/engine/gateway';
import type { Transport } from '../../lambda/hosts/transport/transport';
import { createRouter, type Router } from '../../lambda/gateway/create-router';
import { passedOn } from './passed-on';

/** Lambda keeps an environment that nobody needs for some minutes. */
const IDLE_MS = 600_000;

interface Environment {
  /** Counted from 0. */
  readonly number: number;
  readonly router: Router;
  usedAt: number;
}

/** Routers as Lambda runs them: each handles one request at a time, and tells the others by the health table only. */
export class RouterFleet {
  #idle: Environment[] = [];
  #started = 0;

  constructor(
    private readonly config: RouterConfig,
    private readonly env: Readonly<Record<string, string>>,
    private readonly world: { readonly clock: Clock; readonly random: () => number; readonly transport: Transport },
  ) {}

  /** The body has to be read: its end sets the environment free. `ended` is called then. */
  async handle(
    request: GatewayRequest,
    ended: () => void = () => {},
    signal = new AbortController().signal,
  ): Promise<GatewayResponse & { readonly environment: number }> {
    const environment = this.#take();
    const release = async (): Promise<void> => {
      await environment.router.settle();
      environment.usedAt = this.world.clock.now();
      this.#idle.push(environment);
      ended();
    };
    const response = { ...(await environment.router.handle(request, signal)), environment: environment.number };
    const { body } = response;
    if (body instanceof Uint8Array) {
      await release();
      return response;
    }
    return { ...response, body: passedOn(body, release) };
  }

  #take(): Environment {
    const { clock } = this.world;
    this.#idle = this.#idle.filter(({ usedAt }) => usedAt + IDLE_MS > clock.now());
    return (
      this.#idle.pop() ?? {
        number: this.#started++,
        router: createRouter(this.config, this.env, this.world),
        usedAt: 0,
      }
    );
  }
}
