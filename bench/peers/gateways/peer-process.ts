import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { canPin } from '../../processes';
import { closedPort } from '../../setups';

const START_MS = 120_000;
const STOP_MS = 5000;
/** One that takes a connection and says nothing is asked again. */
const ANSWER_MS = 5000;

export interface PeerProcess {
  readonly port: number;
  readonly pid: number;
  /** How it ended; undefined while it runs. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

/** A gateway's own process, once it answers. */
export async function startPeer(
  command: (port: number) => readonly [command: string, ...args: string[]],
  env: Readonly<Record<string, string>>,
  ready: string,
  core?: string,
): Promise<PeerProcess> {
  const port = await closedPort();
  const [name, ...args] = command(port);
  const [file, ...rest] =
    core !== undefined && canPin ? (['taskset', '-c', core, name, ...args] as const) : [name, ...args];
  const child = spawn(file, rest, { stdio: 'ignore', env: { PATH: process.env['PATH'] ?? '', ...env } });
  let end: string | undefined;
  const gone = new Promise<void>((resolve) => {
    const over = (how: string) => {
      end ??= how;
      resolve();
    };
    child.on('error', ({ message }) => over(`it did not start: ${message}`));
    child.once('exit', (code, signal) => over(`its process ended with ${signal ?? `exit code ${code}`}`));
  });
  const stop = async () => {
    if (end !== undefined) return;
    child.kill();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  };
  for (const last = Date.now() + START_MS; Date.now() < last; await sleep(200)) {
    if (end !== undefined) throw new Error(`${end} before it answered`);
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(`http://127.0.0.1:${port}${ready}`, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return { port, pid: child.pid!, ended: () => end, stop };
  }
  await stop();
  throw new Error(`it did not answer within ${START_MS / 1000} s of its start`);
}
