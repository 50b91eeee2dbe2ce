import { ENV } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createRouter } from '../../lambda/gateway/create-router';
import { createGatewayServer } from '../../lambda/server/server';
import { listenForParent } from './child';

/** The router in its plain Node shell, as `serve` runs it. */
export function start(): void {
  const config = parseConfig(process.env[ENV.CONFIG] ?? '');
  listenForParent(createGatewayServer(createRouter(config, process.env, { servesMany: true }).handle));
}
