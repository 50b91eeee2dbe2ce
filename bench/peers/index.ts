import { bifrost } from './gateways/bifrost';
import { litellm } from './gateways/litellm';
import { envoy } from './gateways/envoy';
import { portkey } from './gateways/portkey';
import { rolter } from './gateways/rolter';
import { tokenbiryani } from './gateways/tokenbiryani';
import type { Peer } from './gateways/peer';

export const PEERS: readonly Peer[] = [portkey, litellm, rolter, envoy, tokenbiryani, bifrost];
export type { Peer, PeerChain, PeerTarget, RunningPeer } from './gateways/peer';
