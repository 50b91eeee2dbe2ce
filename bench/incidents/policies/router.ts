import type { OrderConfig } from '../../../lib/contract';
import { createRouter } from '../../../lambda/gateway/create-router';
import { RouterFleet } from '../../../local/virtual/router-fleet';
import { ServingFleet, type FleetSize } from '../../../local/virtual/serving-fleet';
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

/** Processes that serve many requests each, and one health table for all. */
const servingMany =
  (size: FleetSize): Policy =>
  (world) => {
    const fleet = new ServingFleet(routerConfig(world.chain, 'listed'), SHARING, world, size);
    return (request, signal) => fleet.handle(request, signal);
  };

/** A Lambda Web Function: 64 requests an environment, which is the default of `RouterShape.webFunction()`. */
export const webFunction = servingMany({ processes: 1, requestsEach: 64 });
/** Two tasks behind a load balancer, which takes what comes. */
export const fargate = servingMany({ processes: 2, requestsEach: Infinity });
