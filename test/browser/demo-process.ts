import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface DemoProcess {
  /** With its token. */
  readonly page: string;
  readonly gateway: string;
  /** What the router's own answer says of its way. */
  trace(): Promise<string>;
  /** Ctrl-C. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
  kill(): void;
}

const READY_MS = 20_000;
const QUESTION = { model: 'claude-opus-5-5', max_tokens: 50, messages: [{ role: 'user', content: 'hello' }] };

/** `npm start` on free ports, with the short times. */
export async function startDemo(bundle: string): Promise<DemoProcess> {
  const child = spawn(process.execPath, [bundle, '--quick', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  const [page, gateway] = await new Promise<readonly [string, string]>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the demo ${why}; it said:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS} ms`), READY_MS);
    const read = (text: unknown): void => {
      output += String(text);
      const [own, other] = ['Page', 'Gateway'].map((name) => new RegExp(`${name} +(http:\\S+)`).exec(output)?.[1]);
      if (own === undefined || other === undefined || !output.includes('Ctrl-C')) return;
      clearTimeout(timer);
      resolve([own, other]);
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
    gateway,
    async trace() {
      const answer = await fetch(`${gateway}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'anything' },
        body: JSON.stringify(QUESTION),
      });
      await answer.arrayBuffer();
      return answer.headers.get('x-failover-trace') ?? '';
    },
    async interrupt() {
      child.kill('SIGINT');
      return (await ended)[0];
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
