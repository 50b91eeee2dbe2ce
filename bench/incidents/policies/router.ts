import type { OrderConfig } from '../../../lib/contract';
import { createRouter } from '../../../lambda/gateway/create-router';
import { RouterFleet } from '../../../local/virtual/router-fleet';
import { ALONE, routerConfig, SHARING } from '../world/chain';
import type { Policy } from './policy';

/** The router as `serve`: one process for everything. */
export const serveBy =
  (order: OrderConfig): Policy =>
  (world) => {
    const router = createRouter(routerConfig(world.chain, order), ALONE, world);
    return async (request, signal) => ({ ...(await router.handle(request, signal)), process: 0 });
  };
export const serve = serveBy('listed');

/** The router in Lambda: a process a request at a time, and one health table for all. */
export const lambdaBy =
  (order: OrderConfig): Policy =>
  (world) => {
    const fleet = new RouterFleet(routerConfig(world.chain, order), SHARING, world);
    return async (request, signal) => {
      const response = await fleet.handle({ ...request, timeLeftMs: LAMBDA_MS }, undefined, signal);
      return { ...response, process: response.environment };
    };
  };

export const lambda = lambdaBy('listed');

const LAMBDA_MS = 840_000;
