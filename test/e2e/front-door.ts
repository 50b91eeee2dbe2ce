import type { Gateway } from '../../lambda/engine/gateway';
import { createHandler } from '../../lambda/functions/router/handler';
import type { Router } from '../../lambda/gateway/create-router';
import type { BodyBudget } from '../../lambda/server/body-budget';
import { createGatewayServer } from '../../lambda/server/server';
import { startFrontDoor } from '../../local/front-door/front-door';
import { createLambda, type StreamingHandler } from '../../local/front-door/lambda-shim';
import { installAwslambda } from '../../local/front-door/response-stream';
import { openServer, type OpenServer } from '../../local/loopback/open-server';

/** What stands before the router: with `E2E_DOOR=lambda` API Gateway and the function's handler, else the plain server. */
export const isBehindLambda = process.env['E2E_DOOR'] === 'lambda';

/** Of an answer that no host has given. */
export const OWN_ID = isBehindLambda ? /^[0-9a-f]{8}-[0-9a-f-]{27}$/ : /^gw_/;

export function openDoor(handle: Gateway, { settle }: Router, budget: BodyBudget): Promise<OpenServer> {
  if (!isBehindLambda) return openServer(createGatewayServer(handle, budget));
  installAwslambda();
  return startFrontDoor(createLambda(createHandler({ handle, settle }) as StreamingHandler), 0);
}
