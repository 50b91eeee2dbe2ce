import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface DemoProcess {
  readonly page: string;
  /** Ctrl-C. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
  kill(): void;
}

const READY_MS = 20_000;

/** `npm start` on free ports, with the short times. */
export async function startDemo(bundle: string): Promise<DemoProcess> {
  const child = spawn(process.execPath, [bundle, '--quick', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  const page = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the demo ${why}; it said:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS} ms`), READY_MS);
    const read = (text: unknown): void => {
      output += String(text);
      const url = /Page +(http:\S+)/.exec(output)?.[1];
      if (url === undefined || !output.includes('Ctrl-C')) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(`ended with code ${code}`));
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    page,
    async interrupt() {
      child.kill('SIGINT');
      return (await ended)[0];
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
