import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SdkProgram, SdkOutcome } from './client';

/** One Python that answers question after question: its start takes longer than any of them. */
export async function startPythonClient(python: string): Promise<SdkProgram> {
  const child = spawn(python, [join(__dirname, 'python_client.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the Python client has ended; see its words above');
    return JSON.parse(String(value));
  };
  return {
    name: `Anthropic SDK for Python ${String(await read())}`,
    async ask(ask) {
      child.stdin.write(`${JSON.stringify(ask)}\n`);
      return (await read()) as SdkOutcome;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
