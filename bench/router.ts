import { ENV } from '../lib/contract';
import { parseConfig } from '../lambda/router/config';
import { createRouter } from '../lambda/router/create-router';
import { createGatewayServer } from '../lambda/router/server';
import { listenForParent } from './child';

/** The router in its plain Node shell. */
export function start(): void {
  listenForParent(createGatewayServer(createRouter(parseConfig(process.env[ENV.CONFIG] ?? ''), process.env).handle));
}
