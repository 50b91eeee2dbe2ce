import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProcessUsage } from '../workload';

/** Tells the parent the port, and what this process has used up as often as it asks. */
export function listenForParent(server: Server): void {
  server.listen(0, '127.0.0.1', () => answerParent((server.address() as AddressInfo).port));
}

export function answerParent(port: number): void {
  process.send?.(port);
  process.on('message', () => process.send?.(usage()));
  process.on('disconnect', () => process.exit());
}

function usage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}
