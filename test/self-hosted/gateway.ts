import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { HostConfig } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { BodyBudget } from '../../lambda/server/body-budget';
import { createGatewayServer } from '../../lambda/server/server';
import { createServingRouter } from '../../lambda/server/serving-router';
import { MODEL_KEY, MODEL_NAME } from './model-server';

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

export const CLAUDE = 'claude-opus-5-5';
/** Nobody listens there: Claude cannot be reached. */
const DOWN = 'http://127.0.0.1:9';
const KEYS = [{ env: 'MODEL_KEY' }];

/** Each way in which the router may reach the same server. */
export const WAYS = {
  messages: (url) => ({ name: 'own', kind: 'messages', endpoint: url, keys: KEYS }),
  openai: (url) => ({ name: 'own', kind: 'openai', endpoint: `${url}/v1`, keys: KEYS }),
} satisfies Record<string, (url: string) => HostConfig>;
export type Way = keyof typeof WAYS;

/** The router as `serve` has it: Claude is down, and the model's server is its last resort. */
export async function startGateway(way: Way, server: string, key = MODEL_KEY): Promise<Gateway> {
  const config = parseConfig(
    JSON.stringify({
      hosts: [{ name: 'anthropic', kind: 'anthropic', endpoint: DOWN, keys: KEYS }, WAYS[way](server)],
      models: [CLAUDE],
      routes: [{ chain: ['anthropic'], lastResort: [{ host: 'own', model: MODEL_NAME }] }],
      steering: ['last-resort'],
      telemetry: { logs: false, metrics: false },
    }),
  );
  const router = createServingRouter(config, { MODEL_KEY: key });
  const gateway = createGatewayServer((request, signal) => router.handle(request, signal), new BodyBudget());
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  return {
    url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    async close() {
      gateway.close();
      gateway.closeAllConnections();
      await once(gateway, 'close');
      router.close();
    },
  };
}
