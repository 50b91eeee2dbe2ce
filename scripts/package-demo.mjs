/** The demo as a stranger starts it: from the tarball, in an empty folder, with nothing else installed. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const READY_MS = 30_000;
const QUESTION = { model: 'claude-opus-5-5', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] };

export async function checkDemo(folder, tarball) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', tarball], { cwd: folder });
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (installed.join() !== 'cdk-claude-failover')
    throw new Error(`the demo should need nothing else, but these were installed: ${installed.join(', ')}`);
  const started = Date.now();
  const demo = spawn(
    join(folder, 'node_modules/.bin/cdk-claude-failover'),
    ['demo', '--quick', '--port', '0', '--page-port', '0'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const { page, gateway } = await addresses(demo);
    const took = Date.now() - started;
    await expectHost(gateway, 'anthropic');
    await breakPrimary(page);
    await expectHost(gateway, 'bedrock-us-east-1');
    console.log(`the demo: nothing else installed, ready after ${took} ms, and the second host answers for the first`);
  } finally {
    demo.kill('SIGINT');
  }
}

/** As the page does it, with the token of its address. */
async function breakPrimary(page) {
  const { hash } = new URL(page);
  const script = await (await fetch(new URL('/page.js', page))).text();
  if (script.length < 10_000) throw new Error('the console has no page');
  const answer = await fetch(new URL('/api/faults', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${hash.slice(1)}` },
    body: JSON.stringify({ action: 'fault', values: { host: 'anthropic', fault: 'overloaded' } }),
  });
  if (!answer.ok) throw new Error(`the console refuses to break the primary: ${await answer.text()}`);
}

function addresses(demo) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => reject(new Error(`the demo ${why}; it said:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${READY_MS} ms`), READY_MS);
    demo.once('exit', (code) => fail(`ended with code ${code}`));
    demo.stdout.on('data', (text) => {
      output += text;
      const [page, gateway] = ['Page', 'Gateway'].map((name) => new RegExp(`${name} +(http:\\S+)`).exec(output)?.[1]);
      if (!page || !gateway || !output.includes('Ctrl-C')) return;
      clearTimeout(timer);
      resolve({ page, gateway });
    });
  });
}

async function expectHost(gateway, host) {
  const answer = await fetch(`${gateway}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'anything' },
    body: JSON.stringify(QUESTION),
  });
  const seen = answer.headers.get('x-failover-host');
  if (answer.status !== 200 || seen !== host)
    throw new Error(`${host} should have answered, but ${seen} did with ${answer.status}`);
}
