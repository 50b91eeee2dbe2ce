import type { HostConfig } from '../../lib/contract';
import { resolveModels } from '../../lib/catalog/resolve';
import type { Clock } from '../../lambda/engine/time/clock';
import type { Host, HostAnswer, HostCall } from '../../lambda/engine/host';
import type { MessagesBody } from '../../lambda/wire/anthropic/request/message-request';
import { createHost } from '../../lambda/hosts/create-host';
import type { HostDeps } from '../../lambda/hosts/host-deps';
import { Transport } from '../../lambda/hosts/transport/transport';

export const ENV = {
  KEY_A: 'sk-ant-api03-aaaa',
  KEY_B: 'sk-ant-api03-bbbb',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'session-token-example',
  AWS_REGION: 'us-east-1',
};

export const MODEL_IDS = ['claude-opus-5-5', 'claude-haiku-4-5', 'claude-sonnet-4-6'];

export const transport = new Transport();

export function fixedClock(now: number): Clock {
  return { now: () => now, timer: () => ({ cancel: () => undefined }) };
}

export function host(config: HostConfig, deps: Partial<HostDeps> = {}): Host {
  const defaults: HostDeps = {
    models: resolveModels(MODEL_IDS),
    env: ENV,
    clock: fixedClock(Date.UTC(2026, 10, 21, 12)),
    transport,
    hasOthers: false,
    pseudonym: () => 'claude-failover-test',
  };
  return createHost(config, { ...defaults, ...deps });
}

export const MESSAGE: MessagesBody = Object.freeze({
  model: 'claude-opus-5-5',
  max_tokens: 5,
  messages: Object.freeze([Object.freeze({ role: 'user', content: 'hi' })]),
});

export function call(body: MessagesBody = MESSAGE, over: Partial<HostCall> = {}): HostCall {
  return {
    endpoint: 'messages',
    model: 'claude-opus-5-5',
    client: undefined,
    stream: false,
    bytes: Buffer.from(JSON.stringify(body)),
    body,
    headers: {},
    adaptation: undefined,
    key: undefined,
    ...over,
  };
}

export const never = (): AbortSignal => new AbortController().signal;

export async function text(answer: Pick<HostAnswer, 'body'>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of answer.body) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** Freezes all the way down, so that a change throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
