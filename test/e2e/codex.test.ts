import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ContentBlock, Message } from '@anthropic-ai/sdk/resources/messages';
import { messageEvents } from '../../local/hosts/answers/message-events';
import { openServer, type OpenServer } from '../../local/loopback/open-server';
import { GATEWAY_KEY, MODEL, useGateway, type TestGateway } from './harness';

/** Where the Codex CLI is: 424 MB of it are too much to be installed for every run. */
const { CODEX } = process.env;
const withCodex = CODEX === undefined ? describe.skip : describe;
const start = useGateway();

/** What Claude says in each turn of a session: it writes two files at once, reads them, and is done. */
const think = { type: 'thinking', thinking: 'Two files.', signature: 'c2lnbmVk' };
const say = (text: string) => ({ type: 'text', text });
const run = (id: string, cmd: string) => ({ type: 'tool_use', id, name: 'exec_command', input: { cmd } });
const TURNS: readonly (readonly object[])[] = [
  [think, say('I write them.'), run('toolu_1', 'printf one > a.txt'), run('toolu_2', 'printf two > b.txt')],
  [run('toolu_3', 'cat a.txt b.txt')],
  [say('Both are there.')],
];

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: readonly ContentBlock[] }[];
}

/** A host that tells this story. The first answer breaks off once in its middle. */
async function storyteller(asked: Asked[]): Promise<OpenServer> {
  const tell = (response: ServerResponse, content: readonly object[], isCut: boolean): void => {
    const calls = content.some((block) => 'name' in block);
    const message = {
      ...{ id: `msg_${asked.length}`, type: 'message', role: 'assistant', model: MODEL, content, stop_sequence: null },
      stop_reason: calls ? 'tool_use' : 'end_turn',
      usage: { input_tokens: 10, output_tokens: 10 },
    } as unknown as Message;
    const events = messageEvents(message).map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(events.slice(0, isCut ? 6 : undefined).join(''));
    if (isCut) setImmediate(() => response.destroy());
    else response.end();
  };
  return openServer(
    createServer((request, response) => {
      void json(request).then((body) => {
        asked.push(body as Asked);
        const turn = (body as Asked).messages.filter(({ role }) => role === 'assistant').length;
        tell(response, TURNS[turn] ?? [], asked.length === 1);
      });
    }),
  );
}

async function codex({ url }: TestGateway, prompt: string) {
  const home = await mkdtemp(join(tmpdir(), 'codex-'));
  const provider = { name: '"gateway"', base_url: `"${url}/v1"`, env_key: '"GATEWAY_KEY"', wire_api: '"responses"' };
  const settings = Object.entries(provider).map(([name, value]) => `${name} = ${value}`);
  await writeFile(
    join(home, 'config.toml'),
    [`model = "${MODEL}"`, 'model_provider = "gateway"', '[model_providers.gateway]', ...settings].join('\n'),
  );
  const args = ['exec', '--json', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '-C', home];
  const env = { PATH: process.env['PATH'], HOME: home, CODEX_HOME: home, GATEWAY_KEY };
  const running = promisify(execFile)(CODEX!, [...args, prompt], { env });
  running.child.stdin?.end();
  const { stdout } = await running;
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const read = (file: string): Promise<string> => readFile(join(home, file), 'utf8');
  return { lines, read, forget: () => rm(home, { recursive: true }) };
}

withCodex('the Codex CLI', () => {
  jest.setTimeout(60_000);

  it('works through a whole session with tools while its first host is down and a stream of the second breaks off', async () => {
    const asked: Asked[] = [];
    const host = await storyteller(asked);
    const gateway = await start({ chain: ['foundry', 'anthropic'], hosts: { anthropic: { endpoint: host.url } } });
    await gateway.host('foundry').setFault({ kind: 'unavailable' });
    const { lines, read, forget } = await codex(gateway, 'Write two files.');
    await host.close();
    expect(await Promise.all(['a.txt', 'b.txt'].map(read))).toEqual(['one', 'two']);
    await forget();
    expect(lines.at(-1)).toMatchObject({ type: 'turn.completed' });
    expect(lines.findLast(({ type }) => type === 'item.completed')).toMatchObject({
      item: { type: 'agent_message', text: 'Both are there.' },
    });
    const { messages } = asked.at(-1)!;
    expect(messages.slice(1).map(({ content }) => content.map(({ type }) => type))).toEqual([
      ['thinking', 'text', 'tool_use', 'tool_use'],
      ['tool_result', 'tool_result'],
      ['tool_use'],
      ['tool_result'],
    ]);
    expect(messages[1]?.content[0]).toEqual(think);
    expect(JSON.stringify(messages.at(-1))).toContain('onetwo');
  });
});
