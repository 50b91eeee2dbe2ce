import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createRouter } from '../../../lambda/gateway/create-router';
import { createGatewayServer } from '../../../lambda/server/server';
import { CANARY_CLIENT } from '../../../lib/contract';
import { ENV } from '../../e2e/host-setups';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';
import { configOf, startHosts, type CheckedHosts } from './hosts';

export const KEY = 'simulated-gateway-key-of-the-canary';

/** A gateway that lets the canary in by a key, which API Gateway gives away. */
export interface KeyedGateway {
  readonly hosts: CheckedHosts;
  readonly apiGateway: RecordingServer;
  readonly url: string;
  close(): Promise<void>;
}

export async function startKeyedGateway(): Promise<KeyedGateway> {
  const hosts = await startHosts(['anthropic', 'bedrock']);
  const keySha256 = createHash('sha256').update(KEY).digest('hex');
  const config = configOf(hosts.host, ['anthropic', 'bedrock']);
  const telemetry = { logs: false, metrics: false };
  const router = createRouter({ ...config, clients: [{ name: CANARY_CLIENT, keySha256 }], telemetry }, ENV);
  const server = createGatewayServer(router.handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const apiGateway = await recordingServer(json({ id: 'abc123', value: KEY }));
  return {
    hosts,
    apiGateway,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      router.close();
      server.closeAllConnections();
      server.close();
      await Promise.all([hosts.close(), apiGateway.close()]);
    },
  };
}
