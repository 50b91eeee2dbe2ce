/**
 * What translation adds to the first token: the same stream from two simulated hosts on loopback, one on Anthropic's wire and one on
 * OpenAI's, through two routers in one process, asked in turn. `node scripts/run-typescript.cjs bench/translated.ts`
 */
import type { HostConfig, RouteConfig } from '../lib/contract';
import { parseConfig } from '../lambda/gateway/config/config';
import { createGatewayServer } from '../lambda/server/server';
import { createServingRouter } from '../lambda/server/serving-router';
import { startSimulatedHost } from '../local/hosts';
import { openServer } from '../local/loopback/open-server';

const MODEL = 'claude-opus-5-5';
const OTHER = 'gpt-5.2';
const ROUNDS = 300;
const WARM_UP = 100;
const TARGET_MS = 0.3;
const KEYS = [{ env: 'BENCH_KEY' }];
/** Down, and known to be: what answers is the next one, in both. */
const DOWN = {
  name: 'down',
  kind: 'anthropic',
  endpoint: 'http://127.0.0.1:9',
  keys: KEYS,
  retry: { quickRetries: 0 },
  breaker: { consecutiveFailures: 1, openMs: 3_600_000 },
} as const satisfies HostConfig;

async function startRouter(
  host: HostConfig,
  route: RouteConfig,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const hosts = [DOWN, host];
  const telemetry = { logs: false, metrics: false };
  const config = parseConfig(
    JSON.stringify({ hosts, models: [MODEL], routes: [route], steering: ['last-resort'], telemetry }),
  );
  const router = createServingRouter(config, { BENCH_KEY: 'bench-key' });
  const { url, close } = await openServer(createGatewayServer(router.handle));
  return {
    url,
    close: async () => {
      await close();
      router.close();
    },
  };
}

/** Until the first text of a streamed answer is there. */
async function firstTokenMs(url: string): Promise<number> {
  const messages = [{ role: 'user', content: 'sim:events=20' }];
  const body = JSON.stringify({ model: MODEL, max_tokens: 100, stream: true, messages });
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  const started = performance.now();
  const answer = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body });
  if (answer.status !== 200 || answer.body === null) throw new Error(`status ${answer.status}: ${await answer.text()}`);
  let first: number | undefined;
  let text = '';
  for await (const chunk of answer.body) {
    text += Buffer.from(chunk).toString();
    if (first === undefined && text.includes('text_delta')) first = performance.now() - started;
  }
  if (first === undefined) throw new Error('an answer without text');
  return first;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

async function main(): Promise<void> {
  const own = await startSimulatedHost({ kind: 'anthropic', name: 'anthropic', deltaDelayMs: 2 });
  const other = await startSimulatedHost({ kind: 'openai', name: 'openai', deltaDelayMs: 2 });
  const direct = await startRouter(
    { name: 'anthropic', kind: 'anthropic', endpoint: own.url, keys: KEYS },
    { chain: ['down', 'anthropic'] },
  );
  const translated = await startRouter(
    { name: 'openai', kind: 'openai', endpoint: `${other.url}/v1`, keys: KEYS },
    { chain: ['down'], lastResort: [{ host: 'openai', model: OTHER }] },
  );
  const seen = { direct: [] as number[], translated: [] as number[] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const ways = [
      ['direct', direct],
      ['translated', translated],
    ] as const;
    for (const [way, { url }] of round % 2 === 0 ? ways : ways.toReversed()) {
      const ms = await firstTokenMs(url);
      if (round >= WARM_UP) seen[way].push(ms);
    }
  }
  const [onAnthropic, onOpenai] = [median(seen.direct), median(seen.translated)];
  const added = onOpenai - onAnthropic;
  console.log(
    `first token: ${onAnthropic.toFixed(2)} ms on Anthropic's wire, ${onOpenai.toFixed(2)} ms on OpenAI's, of ${ROUNDS} each`,
  );
  console.log(`added by the translation: ${added.toFixed(2)} ms; the target is ${TARGET_MS}`);
  await Promise.all([direct.close(), translated.close()]);
  await Promise.all([own.close(), other.close()]);
  process.exitCode = added <= TARGET_MS ? 0 : 1;
}

void main();
