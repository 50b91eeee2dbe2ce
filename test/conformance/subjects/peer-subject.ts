import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPassThrough } from '../../../bench/roles/pass-through';
import type { Peer, PeerChain } from '../../../bench/peers';
import { HOST_SETUPS } from '../../e2e/host-setups';
import type { Subject } from './subject';
import { HOST_KEY, MODEL, regionOf, type World } from '../world';

/** Somebody else's gateway: one process, in which every case has a model of its own. */
export function peerSubject(peer: Peer): Subject {
  return {
    name: `${peer.name} ${peer.version}`,
    setUp: peer.setUp,
    async start(worlds) {
      const chains = new Map(worlds.map((world, at) => [world, chainOf(world, at)]));
      const running = await peer.start(await peer.install(), [...chains.values()]);
      return { target: (world) => running.target(chains.get(world)!), stop: () => running.stop() };
    },
  };
}

function chainOf({ case: { chain }, hosts }: World, at: number): PeerChain {
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
    const servers = new Map<World, Server>();
    for (const world of worlds) {
      const server = createPassThrough(world.hosts[0]!.port).listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.set(world, server);
    }
    return {
      target(world) {
        if (world.case.chain[0] !== 'anthropic') return FIRST_ONLY;
        return direct(`http://127.0.0.1:${(servers.get(world)!.address() as AddressInfo).port}`);
      },
      async stop() {
        for (const server of servers.values()) {
          server.close();
          server.closeAllConnections();
        }
        await Promise.resolve();
      },
    };
  },
};

function direct(url: string) {
  return { url, headers: { 'x-api-key': HOST_KEY }, model: MODEL };
}
