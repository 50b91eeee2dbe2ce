import type { HostKind } from '../../../lib/contract';

/** A host as a gateway is told of it. */
export interface PeerHost {
  /** `bedrock` is InvokeModel. */
  readonly kind: HostKind;
  /** The origin, without a path. */
  readonly url: string;
  readonly region?: string;
}

/** A model name, and where it is served, in the order in which to try. */
export interface PeerChain {
  readonly model: string;
  readonly hosts: readonly PeerHost[];
}

/** What a request for a chain needs. */
export interface PeerTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  /** Added to every request. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly only?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  readonly servedBy?: (headers: Readonly<Record<string, string>>) => number | undefined;
}

export interface RunningPeer {
  /** A text says why the chain cannot be put to this gateway. */
  target(chain: PeerChain): PeerTarget | string;
  readonly pid: number;
  /** How it ended, where nobody stopped it. @default - it is not asked */
  readonly ended?: () => string | undefined;
  stop(): Promise<void>;
}

/** A gateway of somebody else, in one exact version, with the budget every gateway gets here: two retries, 30 s. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly setUp: string;
  /** Resolves with the folder it is in; rejects with the reason why it cannot be had here. */
  install(): Promise<string>;
  /** `core`: the processor it is to run on. */
  start(folder: string, chains: readonly PeerChain[], core?: string): Promise<RunningPeer>;
}

export const RETRIES = 2;
export const TIMEOUT_S = 30;
/** What Anthropic's model is called at the hosts. */
export const UPSTREAM_MODEL = 'claude-opus-5-5';
export const UPSTREAM_KEY = 'simulated-anthropic-key';
export const AWS_KEYS = { id: 'AKIDSIMULATED', secret: 'simulated-aws-secret' } as const;

export const isAnthropic = ({ hosts }: PeerChain): boolean => hosts.every(({ kind }) => kind === 'anthropic');
/** What a host is called where every host needs a name of its own. */
export const nameAt = ({ model }: PeerChain, at: number): string => `${model}-${at}`;
