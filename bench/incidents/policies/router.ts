import { createRouter } from '../../../lambda/gateway/create-router';
import { RouterFleet } from '../../../local/virtual/router-fleet';
import { ALONE, routerConfig, SHARING } from '../world/chain';
import type { Policy } from './policy';

/** The router as `serve`: one process for everything. */
export const serve: Policy = (world) => {
  const router = createRouter(routerConfig(world.chain), ALONE, world);
  return async (request, signal) => ({ ...(await router.handle(request, signal)), process: 0 });
};

/** The router in Lambda: a process a request at a time, and one health table for all. */
export const lambda: Policy = (world) => {
  const fleet = new RouterFleet(routerConfig(world.chain), SHARING, world);
  return async (request, signal) => {
    const response = await fleet.handle({ ...request, timeLeftMs: LAMBDA_MS }, undefined, signal);
    return { ...response, process: response.environment };
  };
};

const LAMBDA_MS = 840_000;
