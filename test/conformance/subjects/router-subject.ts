import { createHash } from 'node:crypto';
import { RESPONSE_HEADERS, type CommitMode, type HostConfig } from '../../../lib/contract';
import type { Clock } from '../../../lambda/engine/time/clock';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { createRouter } from '../../../lambda/gateway/create-router';
import { createGatewayServer } from '../../../lambda/server/server';
import { openServer } from '../../../local/loopback/open-server';
import { ENV, HOST_SETUPS } from '../../e2e/host-setups';
import type { RunningSubject, Subject, SubjectTarget } from './subject';
import { MODEL, type WallWorld } from '../world';

const KEY = 'wall-gateway-key';
/** Thirty seconds for three attempts; silence between tokens has all of them. */
const BUDGET = { deadlineMs: 100_000, headersMs: 10_000, firstContentMs: 10_000, idleMs: 30_000 };
const RETRY = { quickRetries: 2 };

/** Claude, where nobody answers. */
const DOWN: HostConfig = {
  kind: 'anthropic',
  name: 'down',
  endpoint: 'http://127.0.0.1:9',
  keys: [{ env: 'ANTHROPIC_KEY' }],
};
const OTHER_MODEL = 'gpt-5.2';

/** Where the hosts of a case stand: in the chain, or behind one that is down, with another model. */
type Place = 'chain' | 'last-resort';

/** This project's router in its plain Node shell, one for each case. */
export function routerSubject(commit: CommitMode, clock: Clock, place: Place = 'chain'): Subject {
  return {
    name: commit === 'complete' ? 'this router, commit: complete' : 'this router',
    setUp: 'two retries, 10 s to headers and first content, 30 s of silence; otherwise as it comes',
    async start(worlds) {
      const gateways = new Map(
        await Promise.all(
          worlds.map(async (world) => [world, await startGateway(world, commit, clock, place)] as const),
        ),
      );
      return {
        target: (world) => gateways.get(world)!.target,
        stop: async () => void (await Promise.all([...gateways.values()].map((gateway) => gateway.stop()))),
      };
    },
  };
}

async function startGateway(
  world: WallWorld,
  commit: CommitMode,
  clock: Clock,
  place: Place,
): Promise<Pick<RunningSubject, 'stop'> & { readonly target: SubjectTarget }> {
  const names = world.hosts.map(({ name }) => name);
  const hosts = world.hosts.map(({ name, url }, at) => ({
    ...HOST_SETUPS[world.case.chain[at]!].config(url),
    name,
    retry: RETRY,
  }));
  const isLast = place === 'last-resort';
  const links = isLast
    ? { chain: [DOWN.name], lastResort: names.map((host) => ({ host, model: OTHER_MODEL })) }
    : { chain: names };
  const config = parseConfig(
    JSON.stringify({
      hosts: isLast ? [DOWN, ...hosts] : hosts,
      models: [MODEL],
      routes: [{ ...links, budget: BUDGET, commit }],
      clients: [{ name: 'wall', keySha256: createHash('sha256').update(KEY).digest('hex') }],
      steering: isLast ? ['only', 'last-resort'] : ['only'],
      telemetry: { logs: false, metrics: false },
    }),
  );
  const router = createRouter(config, ENV, { clock });
  const { url, close } = await openServer(createGatewayServer(router.handle));
  return {
    target: {
      url,
      headers: { 'x-api-key': KEY },
      model: MODEL,
      holdsBack: commit === 'complete',
      only: { headers: { 'x-failover-only': names[0]! } },
      servedBy: (headers) => {
        const at = names.indexOf(headers[RESPONSE_HEADERS.host] ?? '');
        return at < 0 ? undefined : at;
      },
    },
    async stop() {
      router.close();
      await close();
    },
  };
}
