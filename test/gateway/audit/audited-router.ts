import type { AuditConfig, RouterConfig } from '../../../lib/contract';
import { checkChains } from '../../../bin/audit/check-chains';
import { type KnownHead } from '../../../bin/audit/heads';
import { readRecord } from '../../../bin/audit/trail-record';
import type { Verdict } from '../../../bin/audit/verdict';
import { readAll } from '../../../lambda/engine/bytes';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { createRouter, type Router } from '../../../lambda/gateway/create-router';
import { systemClock } from '../../../lambda/runtime/system-clock';
import { startSimulatedHost, type SimulatedHost } from '../../../local/hosts';
import { AWS, ENV, HOST_SETUPS, type HostName } from '../../e2e/host-setups';
import { type FakeFirehose, startFirehose } from './fake-firehose';

export const MODEL = 'claude-opus-5-5';
const CHAIN: readonly HostName[] = ['anthropic', 'bedrock'];

/** A router with a trail, in front of simulated hosts. */
export interface AuditedRouter {
  readonly router: Router;
  readonly firehose: FakeFirehose;
  host(name: HostName): SimulatedHost;
  /** As Lambda calls it: the answer is read to its end, and all that is to be written before the process stands still is. */
  ask(body?: object, headers?: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  /** Sets the router's clock forward, and no timer. */
  skip(ms: number): void;
  records(): Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

interface More {
  readonly config?: Partial<RouterConfig>;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startAuditedRouter(
  audit: Partial<AuditConfig> = {},
  servesMany = false,
  { config: more, env }: More = {},
): Promise<AuditedRouter> {
  const firehose = await startFirehose();
  const hosts = new Map<HostName, SimulatedHost>();
  for (const name of CHAIN) {
    hosts.set(name, await startSimulatedHost({ name, deltaDelayMs: 0, aws: AWS, ...HOST_SETUPS[name].simulated }));
  }
  const config = {
    hosts: CHAIN.map((name) => HOST_SETUPS[name].config(hosts.get(name)!.url)),
    models: [MODEL],
    routes: [{ chain: CHAIN }],
    telemetry: { logs: true, metrics: true },
    audit: { stream: 'trail', ...audit },
    ...more,
  };
  let ahead = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const router = createRouter(
    parseConfig(JSON.stringify(config)),
    { ...ENV, ...firehose.env, ...env },
    { servesMany, clock },
  );
  let count = 0;
  return {
    router,
    firehose,
    host: (name) => hosts.get(name)!,
    async ask(body = {}, headers = {}) {
      const response = await router.handle(
        {
          id: `request-${++count}`,
          method: 'POST',
          path: '/v1/messages',
          query: '',
          headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', ...headers },
          client: 'product',
          timeLeftMs: undefined,
          body: Buffer.from(
            JSON.stringify({ model: MODEL, max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }], ...body }),
          ),
        },
        new AbortController().signal,
      );
      const bytes = response.body instanceof Uint8Array ? response.body : await readAll(response.body, 1e6);
      await router.settle();
      return { status: response.status, text: Buffer.from(bytes).toString() };
    },
    skip: (ms) => void (ahead += ms),
    records: () => firehose.lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    async close() {
      router.close();
      await router.settle();
      await Promise.all([...hosts.values()].map((host) => host.close()));
      await firehose.close();
    },
  };
}

export function verify(lines: readonly string[], heads: readonly KnownHead[] = []): Omit<Verdict, 'objects'> {
  return checkChains(
    lines.map((line) => readRecord(JSON.parse(line), 'an object')!),
    heads,
  );
}
