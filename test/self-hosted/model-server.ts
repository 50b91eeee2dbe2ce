import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pythonWith } from '../python-environment';

/** llama.cpp's HTTP server on loopback. */
export interface ModelServer {
  readonly url: string;
  close(): Promise<void>;
}

/** As `serve.py` has it. */
export const MODEL_KEY = 'a-key-of-the-test';
export const MODEL_NAME = 'one-layer';

const READY_MS = 60_000;

export const installModelServer = (): Promise<string> =>
  pythonWith(join(__dirname, 'requirements.txt'), 'self-hosted', "llama.cpp's server");

export async function startModelServer(python: string): Promise<ModelServer> {
  const child = spawn(python, [join(__dirname, 'serve.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PYTHONDONTWRITEBYTECODE: '1' },
  });
  const ended = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (text: Buffer) => (log += text.toString()));
  const url = await Promise.race([
    once(child.stdout, 'data', { signal: AbortSignal.timeout(READY_MS) }).then(([text]) => String(text).trim()),
    ended.then(([code]) => Promise.reject(new Error(`the model's server ended with code ${code}:\n${log}`))),
  ]);
  return {
    url,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
