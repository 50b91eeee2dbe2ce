import { GatewayError } from '../gateway-error';

/** A part of a policy that has been held against a request. */
export type Rule =
  'models' | 'hosts' | 'geographies' | 'tools' | 'mcpServers' | 'maxTokens' | 'effort' | 'files' | 'guardrail' | 'form';

/** What is wrong, and what would be right. */
export interface Denial {
  readonly rule: Rule;
  readonly why: string;
}

/** No host hears of it, and none is judged by it. */
export const denied = (client: string, { rule, why }: Denial): GatewayError =>
  new GatewayError(403, why, {}, undefined, { denial: { client, rule } });

/** A name of the client's own, at a length that fits a message. */
export const quoted = (name: unknown): string => `'${String(name).slice(0, 100)}'`;
