/** Builds the Dockerfile and drives what it makes: `npm run test:image`. Needs Debian's `buildah`, and root or a user with subordinate ids. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Anthropic from '@anthropic-ai/sdk';
import { startSimulatedHost } from '../../local/hosts';
import { checkManifest } from './manifest';
import { buildah, buildImage, buildStandIn, IMAGE, start } from './builder';

const MODEL = 'claude-opus-5-5';
interface Config {
  readonly Cmd: readonly string[] | null;
  readonly Entrypoint: readonly string[];
  readonly User: string;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

async function main(): Promise<void> {
  checkManifest();
  console.log('examples/kubernetes.yaml is what Kubernetes takes, with a configuration that the router takes');
  buildStandIn();
  buildImage(join(__dirname, '../..'));
  const { config } = (JSON.parse(buildah('inspect', '--type', 'image', IMAGE)) as { Docker: { config: Config } })
    .Docker;
  assert.equal(config.User, '1000:1000');
  console.log('the image is built, and does not run as root');

  const first = await startSimulatedHost({ name: 'first', kind: 'anthropic', deltaDelayMs: 30 });
  const second = await startSimulatedHost({ name: 'second', kind: 'anthropic', deltaDelayMs: 30 });
  const container = buildah('from', IMAGE);
  const routerConfig = {
    hosts: [first, second].map(({ name, url }) => ({ name, kind: 'anthropic', endpoint: url, keys: [{ env: 'KEY' }] })),
    models: [MODEL],
    routes: [{ chain: ['first', 'second'] }],
  };
  const started = Date.now();
  const env = [`FAILOVER_CONFIG=${JSON.stringify(routerConfig)}`, 'KEY=simulated-key', 'PORT=0'];
  const running = start('run', ...env.flatMap((each) => ['--env', each]), container, '--', ...config.Entrypoint);
  try {
    const { port, pid } = await listening(running);
    const url = `http://127.0.0.1:${port}`;
    assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Uid:\t1000\t1000\t1000\t1000$/m);

    await first.setFault({ kind: 'refused' });
    assert.equal((await ask(url).finalMessage()).stop_reason, 'end_turn');
    console.log('an official SDK is served by it, and rescued');

    const [, ...check] = config.Healthcheck.Test;
    buildah('run', '--env', `PORT=${port}`, container, '--', ...check);
    assert.throws(() => buildah('run', '--env', 'PORT=1', container, '--', ...check));
    console.log('its health check passes, and fails where nothing listens');

    const stream = ask(url);
    await new Promise((resolve) => stream.once('text', resolve));
    process.kill(pid, 'SIGTERM');
    assert.equal((await stream.finalMessage()).stop_reason, 'end_turn');
    const [code] = (await once(running, 'exit')) as [number | null];
    assert.equal(code, 0);
    console.log('told to stop, it finishes the stream that is under way');

    assert.deepEqual(filesSince(buildah('mount', container), started), []);
    console.log('nothing was written: the file system may be read-only');
  } finally {
    running.kill('SIGKILL');
    buildah('rm', container);
    await Promise.all([first.close(), second.close()]);
  }
}

/** What the builder itself mounts into a container is not the image's. */
const MOUNTED = /^(etc\/(host(s|name)|resolv\.conf)|(proc|sys|dev|run)\b)/;

const filesSince = (root: string, since: number): string[] =>
  (readdirSync(root, { recursive: true }) as string[]).filter((path) => {
    if (MOUNTED.test(path)) return false;
    const facts = lstatSync(join(root, path));
    return facts.isFile() && facts.mtimeMs > since;
  });

const ask = (url: string) =>
  new Anthropic({ apiKey: 'any', baseURL: url, maxRetries: 0 }).messages.stream({
    model: MODEL,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello' }],
  });

/** Where it listens, and which process that is: the builder is its parent's parent. */
async function listening(running: ReturnType<typeof start>): Promise<{ port: number; pid: number }> {
  for await (const line of createInterface({ input: running.stdout! })) {
    const { port, pid } = JSON.parse(line) as { port: number; pid: number };
    running.stdout!.resume();
    return { port, pid };
  }
  throw new Error('the container has ended before it listened');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
