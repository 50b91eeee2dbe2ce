import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Fault } from '../../local/hosts';
import { GATEWAY_KEY, MODEL } from '../e2e/harness';
import { HOST_NAMES, type HostName } from '../e2e/host-setups';
import type { Report } from './run-program';
import { openWorld, OTHERS, type World } from './worlds';

/** A session takes a second or two. */
const PATIENCE_MS = 60_000;
const POEM = 'héllo “再見”\n\tline 2 👩‍👩‍👧\n';
const END = 'The poem is written, read and counted: 再見.';

const DOWN: Fault = { kind: 'overloaded', status: 529 };
/** From the second request on, which brings the result of a tool, every other one fails. */
const FALTERING: Fault = { ...DOWN, rate: 0.5 };

/** How the first host breaks. A host of Claude's takes over whatever another has begun; other models serve whole sessions as well. */
const SESSIONS: readonly (readonly [HostName, string, Fault])[] = [
  ...HOST_NAMES.map((next) => [next, 'whose first host falters', FALTERING] as const),
  ...OTHERS.flatMap((next) => [
    [next, 'whose first host falters', FALTERING] as const,
    [next, 'whose first host is down', DOWN] as const,
  ]),
];

/** Claude Code, headless, through a whole session: it looks for a tool, writes a file, reads it and runs a command, as the model asks. */
export async function runClaudeCode(claude: string): Promise<Report> {
  const { stdout } = await collect(claude, ['--version'], { cwd: tmpdir(), env: {} });
  const failures: string[] = [];
  for (const [next, how, fault] of SESSIONS) {
    const wrong = await session(claude, next, fault);
    failures.push(...wrong.map((words) => `Claude Code through ${next}, ${how}: ${words}`));
  }
  return { library: `Claude Code ${stdout.trim()}`, asked: SESSIONS.length, failures };
}

async function session(claude: string, next: HostName, fault: Fault): Promise<string[]> {
  const world = await openWorld(next);
  const home = mkdtempSync(join(tmpdir(), 'claude-code-'));
  try {
    await world.gateway.host(world.first).setFault(fault);
    return await complaints(claude, home, world);
  } finally {
    rmSync(home, { recursive: true, force: true });
    await world.gateway.close();
  }
}

async function complaints(claude: string, home: string, { gateway, first, next }: World): Promise<string[]> {
  const cwd = join(home, 'work');
  const file = join(cwd, 'poem.txt');
  mkdirSync(cwd);
  const turns = [
    [{ name: 'ToolSearch', input: { query: 'select:WebFetch' } }],
    ['I write it.', { name: 'Write', input: { file_path: file, content: POEM } }],
    [
      { name: 'Read', input: { file_path: file } },
      { name: 'Bash', input: { command: 'wc -l poem.txt', description: 'Counts' } },
    ],
    [END],
  ];
  const prompt = `Write a poem.\nsim:turns=${JSON.stringify(turns)}`;
  const args = ['-p', prompt, '--output-format', 'json', '--model', MODEL, '--allowedTools', 'Write,Read,Bash'];
  const { stdout, stderr } = await collect(claude, args, { cwd, env: environment(home, gateway.url) });
  const { result } = parsed(stdout);
  const given = [first, next].flatMap((host) => gateway.calls(host).map(({ body }) => body.toString())).join('');
  return [
    ...(result === END ? [] : [`it ended with ${String(result ?? stdout + stderr).slice(0, 300)}`]),
    ...(existsSync(file) && readFileSync(file, 'utf8') === POEM ? [] : ['the file is not what the model has written']),
    ...(given.includes('2 poem.txt') ? [] : ['no host was given what the command has printed']),
    ...(gateway.host(next).answered > 0 ? [] : ['the next host has answered nothing']),
  ];
}

/** Nothing of this machine's own settings, and nobody is told of it. */
const environment = (home: string, url: string) => ({
  HOME: home,
  ANTHROPIC_BASE_URL: url,
  ANTHROPIC_AUTH_TOKEN: GATEWAY_KEY,
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_AUTOUPDATER: '1',
});

async function collect(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr };
}

function parsed(json: string): { readonly result?: unknown } {
  try {
    return JSON.parse(json) as { result?: unknown };
  } catch {
    return {};
  }
}
