import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** An AWS on loopback: moto, with what it lacks. */
export interface Emulator {
  readonly url: string;
  /** Of its log: requests on which it failed, with the reason, and types of resources that it only pretends to make. */
  complaints(): readonly string[];
  /** What it has called to make, change and remove resources, each once: `sns:CreateTopic`. */
  calls(): readonly string[];
  close(): Promise<void>;
}

const READY_MS = 60_000;
const COMPLAINT = /" 5\d\d -$|No Moto CloudFormation support|^[\w.]+(Error|Exception): /;

/** `outsideUrl` answers for custom resources and for what is left to the tests: outside.py. */
export async function startEmulator(python: string, outsideUrl = ''): Promise<Emulator> {
  const child = spawn(python, [join(__dirname, 'emulator.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Roles of the stack have some of them, by name only.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true', OUTSIDE_URL: outsideUrl },
  });
  const ended = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (text: Buffer) => (log += text.toString()));
  const port = await Promise.race([
    once(child.stdout, 'data', { signal: AbortSignal.timeout(READY_MS) }).then(([text]) => Number(String(text))),
    ended.then(([code]) => Promise.reject(new Error(`the emulator ended with code ${code}:\n${log}`))),
  ]);
  return {
    // By name, not by address: so moto finds the bucket in a path.
    url: `http://localhost:${port}`,
    complaints: () => log.split('\n').filter((line) => COMPLAINT.test(line)),
    calls: () => [...new Set([...log.matchAll(/^CALL (\S+)$/gm)].map(([, call = '']) => call))],
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
