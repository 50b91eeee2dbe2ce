/** What an invocation costs under AWS's own runtime client: prints figures as JSON, for `npm run bench:peers`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { requestBody } from '../../bench/answers';
import { median } from '../../bench/figures/statistics';
import { anthropicHost, configOf, routerEnv } from '../../bench/setups';
import { SIMULATED_SESSION, startSimulatedHost } from '../../local/hosts';
import { startEnvironment } from './runtime/environment';
import { installRuntimeClient } from './tools';

const ROUNDS = 200;
const WARM_UP = 30;
const ROUTER = resolve(__dirname, '../../lambda/functions/router/dist');
/** Answers as soon as it is called, as a streaming function can at best. */
const IDLE = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const body = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: {} });
  body.write('{}');
  body.end();
});`;

interface Times {
  readonly firstByteMs: number;
  readonly wholeMs: number;
}
type Way = () => Promise<Times>;

async function timed(open: () => Promise<Readable>): Promise<Times> {
  const started = performance.now();
  const body = await open();
  let firstByteMs = 0;
  body.once('data', () => (firstByteMs = performance.now() - started));
  await buffer(body);
  return { firstByteMs, wholeMs: performance.now() - started };
}

function event(body: Buffer): object {
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  return { httpMethod: 'POST', path: '/v1/messages', headers, body: body.toString(), isBase64Encoded: false };
}

const agent = new Agent({ keepAlive: true });
function direct(url: string, body: Buffer): Promise<Readable> {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'bench', 'anthropic-version': '2023-06-01' };
  return new Promise((found, failed) => {
    request(`${url}/v1/messages`, { method: 'POST', headers, agent }, found).on('error', failed).end(body);
  });
}

async function startFunction(runtimeClient: string, folder: string, environment: Record<string, string>) {
  const fn = {
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
    name: 'bench',
    version: '1',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    memoryMb: 1024,
    timeoutMs: 900_000,
    role: '',
    logGroup: undefined,
    isTraced: false,
    environment,
    folder,
  };
  const access = { url: 'http://127.0.0.1:9', session: SIMULATED_SESSION };
  return startEnvironment(fn, { runtimeClient, access, onLine: () => {} });
}

/** In turn, so that the machine's mood hits all alike. */
async function measure<Name extends string>(ways: Readonly<Record<Name, Way>>): Promise<Record<Name, Times>> {
  const names = Object.keys(ways) as Name[];
  const all = names.map((): Times[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [at, name] of names.entries()) {
      const one = await ways[name]();
      if (round >= 0) all[at]!.push(one);
    }
  }
  const typical = (times: readonly Times[]): Times => ({
    firstByteMs: median(times.map(({ firstByteMs }) => firstByteMs)),
    wholeMs: median(times.map(({ wholeMs }) => wholeMs)),
  });
  return Object.fromEntries(names.map((name, at) => [name, typical(all[at]!)])) as Record<Name, Times>;
}

async function main(): Promise<void> {
  const runtimeClient = await installRuntimeClient();
  const host = await startSimulatedHost({ kind: 'anthropic', name: 'bench', deltaDelayMs: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'runtime-'));
  await writeFile(join(folder, 'index.mjs'), IDLE);
  const config = configOf([{ ...anthropicHost(0), endpoint: host.url }]);
  const idle = await startFunction(runtimeClient, folder, {});
  const router = await startFunction(runtimeClient, ROUTER, routerEnv(config));
  const [unary, stream] = [requestBody(false), requestBody(true)];
  try {
    const of = await measure({
      directUnary: () => timed(() => direct(host.url, unary)),
      directStream: () => timed(() => direct(host.url, stream)),
      idle: () => timed(() => idle.invoke(event(unary))),
      unary: () => timed(() => router.invoke(event(unary))),
      stream: () => timed(() => router.invoke(event(stream))),
    });
    const nothing = of.idle.wholeMs;
    const added = of.unary.wholeMs - of.directUnary.wholeMs;
    const figures: readonly (readonly [string, number])[] = [
      ['an invocation of a function that does nothing', nothing],
      ['an invocation of this router, not streamed, over a direct call', added],
      ['what of it is this router’s', added - nothing],
      ['first byte of a stream, over a direct call', of.stream.firstByteMs - of.directStream.firstByteMs],
    ];
    console.log(JSON.stringify(figures.map(([what, value]) => ({ what, unit: 'ms', value }))));
  } finally {
    await Promise.all([idle.close(), router.close(), host.close(), rm(folder, { recursive: true })]);
    agent.destroy();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
