import { ENV } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createRouter } from '../../lambda/gateway/create-router';
import { createGatewayServer } from '../../lambda/server/server';
import { listenForParent } from './child';

/** The router in its plain Node shell. */
export function start(): void {
  listenForParent(createGatewayServer(createRouter(parseConfig(process.env[ENV.CONFIG] ?? ''), process.env).handle));
}
