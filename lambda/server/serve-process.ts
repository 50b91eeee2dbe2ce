import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway, GatewayResponse } from '../engine/gateway';
import type { Router } from '../gateway/create-router';
import { json } from '../gateway/json-response';
import type { BodyBudget } from './body-budget';
import { OpenRequests } from './open-requests';
import { createGatewayServer } from './server';

export interface StopTimes {
  /** How long `/health` says 503 while requests are still taken: for a load balancer to notice. */
  readonly graceMs: number;
  /** How long answers that are under way may then take. */
  readonly limitMs: number;
}

/** The router of a process that takes another configuration while it runs, and leaves without breaking an answer. */
export class ServeProcess {
  readonly server: Server;
  readonly #open = new OpenRequests();

  constructor(
    private router: Router,
    budget?: BodyBudget,
  ) {
    this.server = createGatewayServer(this.#handle, budget, this.#open);
  }

  async listen(port: number, host: string): Promise<void> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
  }

  /** New requests go to the new router. The old one's connections are closed behind its last answer. */
  async replace(next: Router): Promise<void> {
    const old = this.router;
    this.router = next;
    await this.#open.settled();
    await old.settle();
    old.close();
  }

  async stop({ graceMs, limitMs }: StopTimes): Promise<void> {
    this.#open.areLast = true;
    if (graceMs > 0) await sleep(graceMs);
    this.server.close();
    this.server.closeIdleConnections();
    // What is still sending its headers is no answer under way, and is not waited for.
    await Promise.race([this.#open.empty(), sleep(limitMs, undefined, { ref: false })]);
    this.server.closeAllConnections();
    await this.router.settle();
    this.router.close();
  }

  readonly #handle: Gateway = (request, signal) =>
    this.#open.areLast && request.path === '/health'
      ? Promise.resolve(leaving(request.id))
      : this.router.handle(request, signal);
}

const leaving = (id: string): GatewayResponse => json(503, { status: 'stopping' }, id);
