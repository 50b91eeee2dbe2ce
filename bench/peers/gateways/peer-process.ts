import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { canPin } from '../../processes';
import { closedPort } from '../../setups';

const START_MS = 120_000;
const STOP_MS = 5000;

export interface PeerProcess {
  readonly port: number;
  readonly pid: number;
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
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(timer);
  };
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(200)) {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode} before it answered`);
    const answer = await fetch(`http://127.0.0.1:${port}${ready}`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return { port, pid: child.pid!, stop };
  }
  await stop();
  throw new Error(`it did not answer within ${START_MS / 1000} s of its start`);
}
