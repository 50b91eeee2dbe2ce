import type { Server } from 'node:http';
import { ENV } from '../../../lib/contract';
import type { Env } from '../../runtime/require-env';

const MARGIN_MS = 5_000;

/** Longer than whoever is in front does: a load balancer must never send into a connection that is being closed here. */
export function keepConnections(server: Server, { [ENV.IDLE_SECONDS]: seconds }: Env): void {
  if (!seconds) return;
  server.keepAliveTimeout = Number(seconds) * 1000 + MARGIN_MS;
  // A connection at rest is not one that sends its headers too slowly.
  server.headersTimeout = server.keepAliveTimeout + MARGIN_MS;
}
