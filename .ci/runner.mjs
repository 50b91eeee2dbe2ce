/** Runs commands beside each other. The output of each is printed whole when it has ended; the first that fails ends the rest, and is printed last. */
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';

const now = () => Date.now() / 1000;
const show = (seconds) => `${seconds.toFixed(0).padStart(5)} s`;

/** What went `before` stands in the table as well. */
export function createRunner(env, before) {
  const started = now() - before.reduce((sum, { seconds }) => sum + seconds, 0);
  const running = new Set();
  const done = [...before];
  const failed = [];

  /** Resolves when it has ended, or was ended since another one had failed. */
  async function runOne(command) {
    const begun = now();
    console.log(`===== begins: ${command}`);
    // A group of its own, so that what it has started ends with it.
    const child = spawn(command, {
      shell: true,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
    const code = await new Promise((resolve) => child.once('close', resolve));
    running.delete(child);
    if (failed.length > 0) return;
    const seconds = now() - begun;
    if (code !== 0) {
      failed.push({ command, code, output, seconds });
      for (const other of running) endGroup(other, 'SIGTERM');
      return;
    }
    done.push({ command, seconds });
    print({ command, output, seconds });
  }

  const print = ({ command, output, seconds }) =>
    process.stdout.write(`\n===== ${command}: ${show(seconds).trim()}\n${Buffer.concat(output)}`);

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      for (const child of running) endGroup(child, signal);
      process.exit(1);
    });
  }

  return {
    /** In their order, so many at a time, each when what it needs has ended. Rejects when one has failed. */
    async run(steps, atATime) {
      const waiting = [...steps];
      const under = new Map();
      const isPossible = ({ needs }) => needs.every((need) => done.some(({ command }) => command === need));
      while (waiting.length + under.size > 0) {
        const next = failed.length === 0 && under.size < atATime ? waiting.findIndex(isPossible) : -1;
        if (next >= 0) {
          const [{ command }] = waiting.splice(next, 1);
          under.set(
            command,
            runOne(command).finally(() => under.delete(command)),
          );
        } else if (under.size > 0) await Promise.race(under.values());
        else break;
      }
      if (failed.length > 0) throw new Error(`${failed[0].command} has failed`);
      if (waiting.length > 0)
        throw new Error(`nothing of what ${waiting[0].command} needs is a step: ${waiting[0].needs.join(', ')}`);
    },
    /** How long each has taken, and what has failed. */
    end() {
      console.log('\n===== seconds');
      for (const { command, seconds } of done) console.log(`${show(seconds)}  ${command}`);
      console.log(`${show(now() - started)}  in all`);
      for (const failure of failed) {
        print(failure);
        console.log(`\n===== FAILED with ${failure.code}: ${failure.command}`);
      }
    },
  };
}

const KILL_MS = 10_000;

function endGroup({ pid }, signal) {
  const send = (how) => {
    try {
      process.kill(-pid, how);
    } catch {
      // It has ended by itself.
    }
  };
  send(signal);
  setTimeout(send, KILL_MS, 'SIGKILL').unref();
}
