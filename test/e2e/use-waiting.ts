import { createHash } from 'node:crypto';
import {
  startRequestQueue,
  type SimulatedQueue,
  type SimulatedQueueOptions,
} from '../../local/request-queue/simulated-queue';
import { useGateway, type Setup, type TestGateway } from './harness';
import { BODY, call, post } from './raw-client';
import { startWorker, type TestWorker } from './queue-worker';

export const ASYNC = { prefer: 'respond-async' };
export const HOUR_MS = 3_600_000;
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Gateways with a place for requests to wait in and a worker, and one clock for all of them. */
export function useWaiting() {
  const now = { ahead: 0 };
  let queue: SimulatedQueue | undefined;
  let worker: TestWorker | undefined;
  afterEach(async () => {
    worker?.close();
    await queue?.close();
    worker = queue = undefined;
  });
  // After that: it looks whether anything is left.
  const startGateway = useGateway();
  return {
    startGateway,
    async start(setup: Partial<Setup> = {}, options: SimulatedQueueOptions = {}) {
      now.ahead = 0;
      const own = await startRequestQueue({ nowMs: () => Date.now() + now.ahead, ...options });
      queue = own;
      const gateway = await startGateway({ chain: ['anthropic', 'bedrock'], queue: own, ...setup });
      const ownWorker = startWorker(gateway, own, () => now.ahead, undefined, setup.env);
      worker = ownWorker;
      return {
        gateway,
        queue: own,
        worker: ownWorker,
        now,
        later(ms: number): void {
          now.ahead += ms;
          gateway.skip(ms);
        },
        async setHosts(kind?: 'refused' | 'hang'): Promise<void> {
          for (const host of ['anthropic', 'bedrock'] as const) await gateway.host(host).setFault(kind && { kind });
        },
      };
    },
  };
}

export async function accepted(gateway: TestGateway, headers: Record<string, string> = {}, body: object = BODY) {
  const answer = await post(gateway, body, { headers: { ...ASYNC, ...headers } });
  expect(answer.status).toBe(202);
  const { id } = answer.json as { id: string };
  return { id, path: pathOf(answer.json), ...answer };
}

/** Of what 202 says. */
export const pathOf = (json: unknown): string => `/v1/messages/async/${(json as { id: string }).id}`;

export const look = (gateway: TestGateway, path: string, headers: Record<string, string> = {}) =>
  call(gateway, { method: 'GET', path, headers });
