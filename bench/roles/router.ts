import { ENV } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createGatewayServer } from '../../lambda/server/server';
import { createServingRouter } from '../../lambda/server/serving-router';
import { listenForParent } from './child';

/** The router in its plain Node shell, as `serve` runs it. */
export function start(): void {
  const config = parseConfig(process.env[ENV.CONFIG] ?? '');
  listenForParent(createGatewayServer(createServingRouter(config, process.env).handle));
}
