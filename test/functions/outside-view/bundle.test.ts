import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FINDINGS, OUTSIDE_VIEW_ENV } from '../../../lib/contract';
import { HAIKU } from '../canary/hosts';
import { KEY, startKeyedGateway, type KeyedGateway } from '../canary/keyed-gateway';
import { ENV } from '../../e2e/host-setups';
import { json, recordingServer } from '../../hosts/recording-server';

const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = ENV;

/** What Synthetics has: the asset, unpacked where no other package is. */
const layer = mkdtempSync(join(tmpdir(), 'outside-view-'));
cpSync(join(__dirname, '../../../lambda/functions/outside-view/dist'), layer, { recursive: true });
afterAll(() => rmSync(layer, { recursive: true }));

let gateway: KeyedGateway;
beforeEach(async () => void (gateway = await startKeyedGateway()));
afterEach(() => gateway.close());

interface Run {
  readonly passed: boolean;
  readonly said: string;
}

/** One run, as Synthetics makes it: `exports.handler` of `outside-view.js`, which fails when it throws. */
async function run(url = gateway.url): Promise<Run> {
  const script =
    `const { handler } = require(${JSON.stringify(join(layer, 'nodejs/node_modules/outside-view.js'))});` +
    `handler().then((said) => ({ passed: true, said }), ({ message }) => ({ passed: false, said: message }))` +
    `.then((result) => process.stdout.write(JSON.stringify(result)));`;
  const endpoint = { url, auth: 'api-key', apiKeyId: 'abc123' };
  const env = {
    ...{ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL: gateway.apiGateway.url },
    [OUTSIDE_VIEW_ENV.SETTINGS]: JSON.stringify({ endpoint, model: HAIKU }),
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script], { env, cwd: layer });
  expect(stdout + stderr).not.toContain(KEY);
  return JSON.parse(stdout) as Run;
}

/** Needs `npm run build`. */
it('passes where the gateway answers as it should', async () => {
  const { passed, said } = await run();
  expect(said).toMatch(new RegExp(`^ok: ${HAIKU} in \\d+ ms \\(anthropic:ok\\)$`));
  expect(passed).toBe(true);
  const [request, ...others] = gateway.hosts.host('anthropic').requests;
  expect(others).toEqual([]);
  expect(JSON.parse(String(request!.body))).toMatchObject({ model: HAIKU, max_tokens: 1, stream: true });
});

it('passes where a fallback answers: clients have what they want', async () => {
  await gateway.hosts.host('anthropic').setFault({ kind: 'refused' });
  expect(await run()).toMatchObject({ passed: true });
});

it('fails where no host is left, with what was found and what to do', async () => {
  for (const name of ['anthropic', 'bedrock'] as const) await gateway.hosts.host(name).setFault({ kind: 'overloaded' });
  const { passed, said } = await run();
  expect(passed).toBe(false);
  expect(said).toMatch(/^outage: claude-haiku-5-5 at http:\S+ \(status 529, .*bedrock:server-error\)\. /);
  expect(said).toContain(FINDINGS.outage.remedy);
});

it('fails where the key is refused', async () => {
  gateway.apiGateway.reply = json({ id: 'abc123', value: 'another-key' });
  const { passed, said } = await run();
  expect(passed).toBe(false);
  expect(said).toMatch(/^credential: .*\(status 401, authentication_error\)\. /);
  expect(said).not.toContain('another-key');
});

it('fails where the key cannot be read', async () => {
  gateway.apiGateway.reply = json({ message: 'Invalid API Key identifier specified' }, 404);
  expect((await run()).said).toMatch(/^credential: .*gateway key cannot be read: API Gateway answered 404/);
});

describe('an answer with status 200', () => {
  /** The gateway's own stream to the same request. */
  const wholeStream = async (): Promise<string> => {
    const body = { model: HAIKU, max_tokens: 1, stream: true, messages: [{ role: 'user', content: 'ping' }] };
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
    const response = await fetch(`${gateway.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.text();
  };
  const withoutEvent = (name: string) => (text: string) =>
    text
      .split('\n\n')
      .filter((event) => !event.startsWith(`event: ${name}\n`))
      .join('\n\n');

  const wordless = (stream: string): string =>
    ['content_block_start', 'content_block_delta', 'content_block_stop'].reduce(
      (left, name) => withoutEvent(name)(left),
      stream,
    );

  it.each<[string, (stream: string) => string, RegExp | undefined]>([
    ['as the gateway gave it', (stream) => stream, undefined],
    ['by another model', (stream) => stream.replaceAll(HAIKU, 'claude-3-opus'), /the answer is by another model/],
    ['cut before its end', withoutEvent('message_stop'), /^wrong-answer: /],
    ['with a block that is not closed', withoutEvent('content_block_stop'), /a content block .* is never closed/],
    [
      'that ended before there was a word',
      (stream) => wordless(stream).replaceAll('"max_tokens"', '"end_turn"'),
      /^wrong-answer: /,
    ],
    ['of HTML', () => '<html>Welcome</html>', /^wrong-answer: /],
  ])('%s', async (_, change, problem) => {
    const changed = change(await wholeStream());
    const front = await recordingServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(changed);
    });
    try {
      const { passed, said } = await run(front.url);
      expect(passed).toBe(problem === undefined);
      if (problem) expect(said).toMatch(problem);
    } finally {
      await front.close();
    }
  });
});
