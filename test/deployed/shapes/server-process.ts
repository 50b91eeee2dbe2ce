import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ServerCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  /** All that it gets. It is told to listen on any free port of loopback. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

/** A router that listens, as a plain process. */
export interface ServerProcess {
  readonly url: string;
  readonly ended: boolean;
  /** Its exit code, once it has gone, whoever has ended it. */
  readonly exit: Promise<number | null>;
  /** By SIGTERM: resolves with the exit code when it has gone. */
  stop(): Promise<number | null>;
  /** At once. */
  kill(): Promise<void>;
}

/** Longest start of a web function's environment. */
const START_MS = 10_000;

/** Rejects where it ends, or says nothing in time, before it listens. */
export async function startServer({ args, cwd, env, onLine }: ServerCommand): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listening = Promise.withResolvers<number>();
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    createInterface(output).on('line', (line) => {
      if (line.includes('"message":"listening"')) listening.resolve((JSON.parse(line) as { port: number }).port);
      lines.push(line);
      onLine?.(line);
    });
  }
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const timer = setTimeout(() => listening.reject(new Error('it has not begun to listen in time')), START_MS);
  void exit.then((code) => listening.reject(new Error(`it has ended with ${code}: ${lines.slice(-3).join(' ')}`)));
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    return exit;
  };
  try {
    const port = await listening.promise;
    return {
      url: `http://127.0.0.1:${port}`,
      get ended() {
        return child.exitCode !== null || child.signalCode !== null;
      },
      exit,
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
