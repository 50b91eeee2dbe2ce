import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS, startSimulatedHost, type Fault } from '../../local/hosts';
import { configOf, routerEnv } from '../setups';
import { problemOf } from './ask';
import { Server } from './server';

const PER_SECOND = 100;
const MINUTES = 10;
/** What is about one request, its own fault or its account's, is not what a process wears out by. */
const LEFT_OUT: readonly Fault['kind'][] = [
  ...(['billing', 'spend-limit', 'expired-credential', 'not-found-model', 'model-not-enabled'] as const),
  ...([
    'invalid-beta',
    'unknown-field',
    'prompt-too-long',
    'content-policy',
    'no-prefill',
    'no-prompt-caching',
  ] as const),
  ...(['foreign-signature', 'rate-limited'] as const),
];
const LIVED = FAULTS.filter(({ fault }) => !LEFT_OUT.includes(fault.kind));
/** Longer than idle connections are kept, on either side. */
const REST_MS = 90_000;
const TIMEOUTS = { headersMs: 2000, firstContentMs: 3000, idleMs: 2000 } as const;

/** Requests at a steady pace through one process after the other, while the primary breaks in every way; exits 1 where an answer is wrong. */
export async function runSoak(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { minutes: { type: 'string' } } });
  const minutes = Number(values.minutes ?? MINUTES);
  if (!(minutes > 0 && minutes <= 60)) throw new Error(`--minutes: got "${values.minutes}"; must be from 0 to 60`);
  const first = await startSimulatedHost({ name: 'first', kind: 'anthropic', deltaDelayMs: 5 });
  const second = await startSimulatedHost({ name: 'second', kind: 'anthropic', deltaDelayMs: 5 });
  const hosts = [first, second].map(
    ({ name, url }) => ({ name, kind: 'anthropic', endpoint: url, keys: [{ env: 'BENCH_KEY' }] }) as const,
  );
  // A stream that breaks after its first word is whole only for who waits for its last one.
  const broken = { ...hosts[0]!, timeouts: TIMEOUTS, breaker: { openMs: 200, rampStageMs: 200 } };
  const config = configOf([broken, hosts[1]!], { route: { commit: 'complete' } });
  const launch = () => new Server(config, routerEnv(config)).listening();

  let server = await launch();
  const wrong: string[] = [];
  const open = new Set<Promise<void>>();
  let asked = 0;
  const ask = (): void => {
    const number = asked++;
    const answer = problemOf(server.url, number).then((problem) => {
      if (problem !== undefined) wrong.push(`${number}: ${problem}`);
      open.delete(answer);
    });
    open.add(answer);
  };
  const drive = async (ms: number): Promise<void> => {
    const started = performance.now();
    for (let sent = 0; performance.now() - started < ms; await sleep(5)) {
      for (const due = ((performance.now() - started) / 1000) * PER_SECOND; sent < due; sent += 1) ask();
    }
  };

  await drive(5000);
  const before = { descriptors: server.descriptors, memoryMb: server.memoryMb };
  for (const [index, { label, fault }] of LIVED.entries()) {
    await first.setFault(fault);
    await drive((minutes * 60_000) / LIVED.length);
    console.log(`${asked} asked, ${wrong.length} wrong, ${Math.round(server.memoryMb)} MB: ${label}`);
    if (index !== Math.floor(LIVED.length / 2)) continue;
    // The next version takes over in the middle of everything.
    const leaving = server;
    server = await launch();
    const [code] = await Promise.all([leaving.stop(), drive(8000)]);
    if (code !== 0) wrong.push(`the process that was replaced ended with ${code}`);
  }
  await first.setFault();
  await drive(10_000);
  await Promise.all(open);
  const { memoryMb } = server;
  await sleep(REST_MS);
  const { descriptors } = server;
  await server.stop();
  await Promise.all([first.close(), second.close()]);
  console.log(`memory ${Math.round(before.memoryMb)} MB after 5 s, ${Math.round(memoryMb)} MB at the end`);
  console.log(`descriptors ${before.descriptors} under load in the beginning, ${descriptors} when all is over`);
  console.log(`${asked} requests, ${LIVED.length} kinds of faults, ${wrong.length} wrong`);
  for (const problem of wrong.slice(0, 20)) console.log(problem);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
