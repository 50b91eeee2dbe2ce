import { createServer } from 'node:http';
import { keepConnections } from '../../../lambda/functions/server/keep-connections';

it('keeps a connection longer than the load balancer in front does', () => {
  const server = createServer();
  keepConnections(server, { FAILOVER_IDLE_SECONDS: '900' });
  expect(server.keepAliveTimeout).toBeGreaterThan(900_000);
  expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout);
});

it('leaves the server as it is where nothing is said of that', () => {
  const server = createServer({ keepAliveTimeout: 75_000 });
  keepConnections(server, {});
  expect(server.keepAliveTimeout).toBe(75_000);
});
