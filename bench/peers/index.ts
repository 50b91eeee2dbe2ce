import { bifrost } from './bifrost';
import { litellm } from './litellm';
import { portkey } from './portkey';
import type { Peer } from './peer';

export const PEERS: readonly Peer[] = [portkey, litellm, bifrost];
export type { Peer, PeerChain, PeerTarget, RunningPeer } from './peer';
