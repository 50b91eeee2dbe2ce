import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { availableParallelism } from 'node:os';
import { isRecord } from '../local/json';

/** Client and upstream share the first core, and what is measured has the second to itself. */
export const CORES = { others: '0', measured: '1' } as const;

export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '1', 'true']).status === 0;

/** Nothing of the caller's environment: certificates, compile caches and options would be measured too. */
const BASE_ENV = { PATH: process.env['PATH'] ?? '' };

/** A role of the bench in a process of its own. */
export class Child {
  readonly #process: ChildProcess;
  readonly #words: AsyncIterator<unknown[]>;

  /** `script`: this bench, or that of another version. */
  constructor(role: string, core: string, env: Readonly<Record<string, string>> = {}, script = process.argv[1]!) {
    const node = [process.execPath, script, role];
    const [command = '', ...args] = canPin ? ['taskset', '-c', core, ...node] : node;
    // What a router writes goes nowhere: reading it here would take a core from the others.
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    this.#process = spawn(command, args, { stdio: [...stdio], env: { ...BASE_ENV, ...env } });
    this.#words = on(this.#process, 'message', { close: ['exit'] });
  }

  /** The child's next word: its port or, of a role that measures once, its figure. */
  async hears<T>(): Promise<T> {
    const { done, value } = await this.#words.next();
    if (done === true) throw new Error(`a process of the bench ended with exit code ${this.#process.exitCode}`);
    const [message] = value;
    if (isError(message)) throw new Error(message.error);
    return message as T;
  }

  ask<T>(question: object): Promise<T> {
    this.#process.send(question);
    return this.hears<T>();
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Ends by itself, and so writes what it has to write at its end. */
  async leave(): Promise<void> {
    this.#process.disconnect();
    await once(this.#process, 'exit');
  }

  stop(): void {
    this.#process.kill();
  }
}

function isError(message: unknown): message is { readonly error: string } {
  return isRecord(message) && 'error' in message;
}
