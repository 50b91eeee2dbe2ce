import type { NamedFeature } from '../features';
import type { OtherHostBase, KeySource } from './host-config';
import type { KindFacts } from './kind-facts';

export const MESSAGES_AUTHS = ['bearer', 'x-api-key', 'none'] as const;

/** Any server that speaks Anthropic Messages, whatever its models are. */
export interface MessagesHostConfig extends OtherHostBase {
  readonly kind: 'messages';
  /** What `/v1/messages` is added to. Plain http only to this machine and private networks. */
  readonly endpoint: string;
  /** How it knows who asks; `sigv4`: the router's AWS role, for the service of that name. @default 'bearer' */
  readonly auth?: (typeof MESSAGES_AUTHS)[number] | { readonly sigv4: string; readonly region: string };
  /** Of `bearer` and `x-api-key`. */
  readonly keys?: readonly KeySource[];
  /** Further headers, each with a secret, such as `cf-aig-authorization`. @default - none */
  readonly headers?: Readonly<Record<string, KeySource>>;
  /**
   * What it lacks; requests that need it pass it by. An empty list: it leads to Claude itself or to another gateway such as
   * this, and gets requests as they came.
   * @default - everything beyond plain messages
   */
  readonly lacks?: readonly NamedFeature[];
}

export const messagesKind: KindFacts<MessagesHostConfig> = { modelId: 'id on servers of kind messages' };
