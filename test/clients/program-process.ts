import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { Outcome, Question } from './question';

export interface ProgramProcess<Asked = Question, Told = Outcome> {
  /** With its version. */
  readonly library: string;
  ask(question: Asked): Promise<Told>;
  close(): Promise<void>;
}

/** The slowest library needs a few seconds to load; none may keep a run waiting for ever. */
const PATIENCE_MS = 60_000;

/** A program that answers question after question: its start takes longer than any of them. It gets nothing of this environment. */
export async function startProgram<Asked = Question, Told = Outcome>([command, ...args]: readonly [
  string,
  ...string[],
]): Promise<ProgramProcess<Asked, Told>> {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: tmpdir(),
      PYTHONDONTWRITEBYTECODE: '1',
      // Else LiteLLM fetches prices.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
    },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const timer = setTimeout(() => child.kill(), PATIENCE_MS);
    const { value, done } = await lines.next();
    clearTimeout(timer);
    if (done) throw new Error(`${command} ${args.join(' ')} has ended, or did not answer; see its words above`);
    return JSON.parse(String(value));
  };
  return {
    library: String(await read()),
    async ask(question) {
      child.stdin.write(`${inAscii(question)}\n`);
      return (await read()) as Told;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Readers of lines end one at more than the line feed. */
function inAscii(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\x7f-\uffff]/g, escaped);
}
