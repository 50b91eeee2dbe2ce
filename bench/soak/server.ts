import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ENV, type RouterConfig } from '../../lib/contract';

const BUNDLE = resolve('lambda/functions/server/dist/index.mjs');

/** The bundle that a Web Function or a container runs, in a process of its own. */
export class Server {
  readonly #process: ChildProcess;
  url = '';

  constructor(config: RouterConfig, env: Readonly<Record<string, string>>) {
    this.#process = spawn(process.execPath, [BUNDLE], {
      env: { ...env, PORT: '0', [ENV.CONFIG]: JSON.stringify(config) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  async listening(): Promise<this> {
    for await (const line of createInterface({ input: this.#process.stdout! })) {
      const { port } = JSON.parse(line) as { port: number };
      this.url = `http://127.0.0.1:${port}`;
      // Its lines are nobody's here, and a full pipe would hold it up.
      this.#process.stdout!.resume();
      return this;
    }
    throw new Error('the server has ended before it listened');
  }

  /** As a platform does it; says how it ended. */
  async stop(): Promise<number | null> {
    this.#process.kill('SIGTERM');
    const [code] = (await once(this.#process, 'exit')) as [number | null];
    return code;
  }

  get memoryMb(): number {
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8')) ?? [];
    return Number(kb) / 1000;
  }

  get descriptors(): number {
    return readdirSync(`/proc/${this.#process.pid}/fd`).length;
  }
}
