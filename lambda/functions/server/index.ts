import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../gateway/config/load-config';
import { ServeProcess } from '../../server/serve-process';
import { createServingRouter } from '../../server/serving-router';
import { keepConnections } from './keep-connections';
import { listenAddress } from './listen-address';

/** Both together are less than the two minutes that ECS leaves a process at the most. */
const STOP = { graceMs: 5_000, limitMs: 110_000 };

// A bad configuration ends the process before it takes a request.
const serving = new ServeProcess(createServingRouter(await loadConfig(process.env), process.env));
keepConnections(serving.server, process.env);
process.once('SIGTERM', () => void serving.stop(STOP));
const { host, port } = listenAddress(process.env);
await serving.listen(port, host);
// Last: whoever waits for it may send a signal at once.
console.log(
  JSON.stringify({
    level: 'INFO',
    message: 'listening',
    pid: process.pid,
    ...(serving.server.address() as AddressInfo),
  }),
);
