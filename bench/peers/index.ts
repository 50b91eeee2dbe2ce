import { bifrost } from './gateways/bifrost';
import { litellm } from './gateways/litellm';
import { portkey } from './gateways/portkey';
import type { Peer } from './gateways/peer';

export const PEERS: readonly Peer[] = [portkey, litellm, bifrost];
export type { Peer, PeerChain, PeerTarget, RunningPeer } from './gateways/peer';
