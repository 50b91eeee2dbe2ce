import { createPassThrough } from '../../../bench/roles/pass-through';
import type { Peer, PeerChain } from '../../../bench/peers';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';
import { HOST_SETUPS } from '../../e2e/host-setups';
import type { Subject } from './subject';
import { HOST_KEY, MODEL, regionOf, type WallWorld } from '../world';

/** Somebody else's gateway: one process, in which every case has a model of its own. */
export function peerSubject(peer: Peer): Subject {
  return {
    name: `${peer.name} ${peer.version}`,
    setUp: peer.setUp,
    async start(worlds) {
      const chains = new Map(worlds.map((world, at) => [world, chainOf(world, at)]));
      const running = await peer.start(await peer.install(), [...chains.values()]);
      return { ...running, target: (world) => running.target(chains.get(world)!) };
    },
  };
}

function chainOf({ case: { chain }, hosts }: WallWorld, at: number): PeerChain {
  return {
    model: `claude-wall-${at}`,
    hosts: chain.map((wire, place) => ({
      kind: HOST_SETUPS[wire].simulated.kind,
      url: hosts[place]!.url,
      region: regionOf(wire),
    })),
  };
}

const FIRST_ONLY = 'without translation only Anthropic’s own wire can be spoken';

/** The first host alone: what the faults are to a client without a gateway. */
export const noGateway: Subject = {
  name: 'no gateway',
  setUp: 'the first host, directly',
  start: () =>
    Promise.resolve({
      target: (world) => (world.case.chain[0] === 'anthropic' ? direct(world.hosts[0]!.url) : FIRST_ONLY),
      stop: () => Promise.resolve(),
    }),
};

/** The same through a Node proxy that does nothing. */
export const passThrough: Subject = {
  name: 'pass-through',
  setUp: 'a node:http server piped to a keep-alive agent, in front of the first host',
  async start(worlds) {
    const servers = new Map<WallWorld, OpenServer>();
    for (const world of worlds) servers.set(world, await openServer(createPassThrough(world.hosts[0]!.port)));
    return {
      target(world) {
        if (world.case.chain[0] !== 'anthropic') return FIRST_ONLY;
        return direct(servers.get(world)!.url);
      },
      async stop() {
        await Promise.all([...servers.values()].map((server) => server.close()));
      },
    };
  },
};

function direct(url: string) {
  return { url, headers: { 'x-api-key': HOST_KEY }, model: MODEL };
}
