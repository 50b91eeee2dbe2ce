import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway, GatewayResponse } from '../engine/gateway';
import type { Router } from '../gateway/create-router';
import { json } from '../gateway/json-response';
import type { BodyBudget } from './body-budget';
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
  readonly #open = new Set<ServerResponse>();
  #isLeaving = false;

  constructor(
    private router: Router,
    budget?: BodyBudget,
  ) {
    this.server = createGatewayServer(this.#handle, budget);
    for (const event of ['request', 'checkContinue']) this.server.prependListener(event, this.#track);
  }

  async listen(port: number, host: string): Promise<void> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
  }

  /** New requests go to the new router. The old one's connections are closed behind its last answer. */
  async replace(next: Router): Promise<void> {
    const old = this.router;
    this.router = next;
    await this.#settled();
    old.close();
  }

  async stop({ graceMs, limitMs }: StopTimes): Promise<void> {
    this.#isLeaving = true;
    if (graceMs > 0) await sleep(graceMs);
    this.server.close();
    this.server.closeIdleConnections();
    // What is still sending its headers is no answer under way, and is not waited for.
    await Promise.race([this.#empty(), sleep(limitMs, undefined, { ref: false })]);
    this.server.closeAllConnections();
    this.router.close();
  }

  readonly #handle: Gateway = (request, signal) =>
    this.#isLeaving && request.path === '/health'
      ? Promise.resolve(leaving(request.id))
      : this.router.handle(request, signal);

  readonly #track = (_incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (this.#isLeaving) outgoing.shouldKeepAlive = false;
    this.#open.add(outgoing);
    outgoing.once('close', () => this.#open.delete(outgoing));
  };

  /** When the requests that are open now have ended. */
  async #settled(): Promise<void> {
    await Promise.all([...this.#open].map((outgoing) => new Promise((resolve) => outgoing.once('close', resolve))));
  }

  async #empty(): Promise<void> {
    while (this.#open.size > 0) await this.#settled();
  }
}

const leaving = (id: string): GatewayResponse => json(503, { status: 'stopping' }, id);
