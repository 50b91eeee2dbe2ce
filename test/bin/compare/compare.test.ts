import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, type ComparisonOptions } from '../../../bin/compare/compare';
import type { ComparisonShell } from '../../../bin/compare/shell';
import { readRequests } from '../../../bin/compare/requests';
import samples from '../../../bin/compare/samples.json';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { systemClock } from '../../../lambda/runtime/system-clock';
import type { LinkConfig } from '../../../lib/contract';
import { type SimulatedHost, startSimulatedHost } from '../../../local/hosts';
import { AWS, ENV, GOOGLE, HOST_SETUPS, type HostName } from '../../e2e/host-setups';

const MODEL = 'claude-opus-5-5';
const CHAIN: readonly HostName[] = [
  'anthropic',
  'bedrock',
  'bedrock-invoke',
  'vertex',
  'foundry',
  'claude-platform-aws',
];
const LAST_RESORT = [
  { host: 'openai', model: 'gpt-5.2' },
  { host: 'azure-openai', model: 'my-gpt' },
  { host: 'vertex-gemini', model: 'google/gemini-3-pro' },
  { host: 'bedrock-models', model: 'openai.gpt-oss-120b-1:0' },
  { host: 'messages', model: 'qwen3-coder' },
  { host: 'anthropic', model: 'claude-haiku-4-5' },
] as const satisfies readonly LinkConfig[];
const NAMES = [...CHAIN, ...LAST_RESORT.map(({ host, model }) => `${host}/${model}`)];

const folder = mkdtempSync(join(tmpdir(), 'compare-'));
const hosts = new Map<HostName, SimulatedHost>();
const every: readonly HostName[] = [...new Set([...CHAIN, ...LAST_RESORT.map(({ host }) => host)])];

beforeAll(async () => {
  for (const name of every) {
    const { simulated } = HOST_SETUPS[name];
    hosts.set(name, await startSimulatedHost({ name, deltaDelayMs: 0, aws: AWS, google: GOOGLE, ...simulated }));
  }
});
afterEach(() => Promise.all([...hosts.values()].map((host) => host.setFault())));
afterAll(async () => {
  await Promise.all([...hosts.values()].map((host) => host.close()));
  rmSync(folder, { recursive: true });
});

interface Report {
  readonly links: readonly { readonly link: string; readonly [figure: string]: unknown }[];
  readonly requests: readonly {
    readonly name: string;
    readonly answers: readonly { readonly link: string; readonly [fact: string]: unknown }[];
  }[];
}

async function run(over: Partial<ComparisonOptions> = {}, shell: Partial<ComparisonShell> = {}) {
  const config = parseConfig(
    JSON.stringify({
      hosts: every.map((name) => HOST_SETUPS[name].config(hosts.get(name)!.url)),
      models: [MODEL, 'claude-haiku-4-5'],
      routes: [{ chain: CHAIN, lastResort: LAST_RESORT }],
      telemetry: { logs: false, metrics: false },
    }),
  );
  const out = join(folder, 'page.html');
  const printed: string[] = [];
  const said: string[] = [];
  const problems = await compare(
    {
      config,
      requests: readRequests(JSON.stringify(samples), 'samples'),
      links: 'all',
      repeat: 1,
      concurrency: 8,
      limits: {},
      out,
      json: true,
      yes: true,
      ...over,
    },
    {
      env: ENV,
      stop: new AbortController().signal,
      clock: systemClock,
      tell: (line) => void said.push(line),
      print: (text) => void printed.push(text),
      confirm: undefined,
      ...shell,
    },
  );
  const text = printed.join('\n');
  return { problems, text, said, page: readFileSync(out, 'utf8'), report: () => JSON.parse(text) as Report };
}

const one = (fields: object, expect?: object) => {
  const body = { max_tokens: 300, messages: [{ role: 'user', content: 'A prompt that is mine alone' }], ...fields };
  return readRequests(JSON.stringify({ name: 'mine', request: body, expect }), 'mine.jsonl');
};
const WEATHER = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

test('every link of a configuration is asked for every sample: all kinds of host, and other models', async () => {
  const { report, page } = await run();
  const { links, requests } = report();
  expect(links.map(({ link }) => link)).toEqual(NAMES);
  expect(requests).toHaveLength(20);
  for (const { link, answered, valid } of links.filter(({ link }) => CHAIN.some((host) => host === link))) {
    expect({ link, answered }).toEqual({ link, answered: { yes: 20, of: 20 } });
    expect({ link, valid }).toEqual({ link, valid: { yes: 8, of: 8 } });
  }
  for (const name of NAMES) expect(page).toContain(`<h4>${name}</h4>`);
  const gpt = requests[0]?.answers.find(({ link }) => link === 'openai/gpt-5.2');
  expect(gpt).toMatchObject({ answered: true, answeredBy: 'gpt-5.2', costUsd: null, stopReason: 'end_turn' });
  const haiku = requests[0]?.answers.find(({ link }) => link === 'anthropic/claude-haiku-4-5');
  expect(haiku).toMatchObject({ answered: true, costUsd: expect.any(Number) as number });
});

test('a link that fails is no answer, with its reason on the page and the terminal, and no other link stands in for it', async () => {
  await hosts.get('bedrock')!.setFault({ kind: 'overloaded' });
  const { report, page } = await run({ links: 'anthropic,bedrock', requests: one({}) });
  expect(report().links).toMatchObject([{ answered: { yes: 1, of: 1 } }, { answered: { yes: 0, of: 1 } }]);
  expect(page).toContain('bedrock:server-error');
  const { text } = await run({ links: 'anthropic,bedrock', requests: one({}), json: false });
  expect(text).toMatch(/bedrock: no answer \(bedrock:server-error\b.*\)$/m);
  const [first, second] = report().requests[0]?.answers ?? [];
  expect(first).toMatchObject({ differences: [] });
  expect(second).toMatchObject({ differences: ['no answer'], trace: 'bedrock:server-error, bedrock:server-error' });
});

test('a stream that breaks off in the middle is no answer', async () => {
  await hosts.get('vertex')!.setFault({ kind: 'cut', afterEvents: 4 });
  const { report } = await run({ links: 'anthropic,vertex', requests: one({}) });
  expect(report().links[1]).toMatchObject({ link: 'vertex', answered: { yes: 0, of: 1 } });
});

test('limits that do not hold are named, and the page says so first', async () => {
  const { problems, page } = await run({
    links: 'anthropic,openai/gpt-5.2',
    requests: one({ tools: [WEATHER] }, { tools: ['get_weather', 'get_weather'] }),
    limits: { 'min-same-tools': 1, 'min-valid': 1, 'min-expected': 0.5 },
  });
  expect(problems).toEqual(['anthropic: 0 of 1 (--min-expected 0.5)', 'openai/gpt-5.2: 0 of 1 (--min-expected 0.5)']);
  expect(page).toContain('Limits that do not hold</h2><ul class="broken"><li>anthropic: 0 of 1');
});

test('what a host was not sent is shown', async () => {
  const { report } = await run({ links: 'anthropic,openai/gpt-5.2', requests: one({ service_tier: 'auto' }) });
  expect(report().requests[0]?.answers[1]).toMatchObject({
    dropped: ['service_tier'],
    differences: ['something dropped'],
  });
});

test('prompts and answers are on the page and nowhere else, and keys are nowhere', async () => {
  await hosts.get('foundry')!.setFault({ kind: 'expired-credential' });
  const outputs = [];
  for (const json of [true, false]) {
    const { text, page, said } = await run({ json, requests: one({}) });
    expect(page).toContain('A prompt that is mine alone');
    expect(page).toContain('This is the same model’s answer');
    outputs.push(text, said.join());
    for (const secret of Object.values(ENV).filter((value) => value !== ENV.AWS_REGION)) {
      expect(page + text).not.toContain(secret);
    }
  }
  for (const output of outputs) expect(output).not.toMatch(/mine alone|same model’s answer/);
});

test('the page runs nothing and fetches nothing, whatever an answer says', async () => {
  const prompt = '<script src="https://example.com/x.js"></script><img src=https://example.com/y onerror=alert(1)>';
  const { page } = await run({ requests: one({ messages: [{ role: 'user', content: prompt }] }) });
  expect(page).toContain('&lt;script');
  expect(page).not.toMatch(/<script|<link|<img src=http|<[^>]*\son\w+=/);
});

test('repeated, the reference is held against its own first answer', async () => {
  const { report } = await run({ links: 'anthropic,bedrock', requests: one({ tools: [WEATHER] }), repeat: 3 });
  expect(report().links).toMatchObject([
    { sameTools: { yes: 2, of: 2 }, answered: { yes: 3, of: 3 } },
    { sameTools: { yes: 3, of: 3 }, answered: { yes: 3, of: 3 } },
  ]);
});

test('stopped by hand, the page has the requests that every link has answered', async () => {
  const stop = new AbortController();
  const many = Array.from({ length: 30 }, (_, index) => ({
    name: `number ${index}`,
    request: { max_tokens: 50, messages: [{ role: 'user', content: `Prompt ${index}` }] },
  }));
  const tell = (line: string): void => {
    if (line.startsWith('10 of')) stop.abort();
  };
  const requests = readRequests(JSON.stringify(many), 'many');
  const { report } = await run({ links: 'anthropic,bedrock', requests, concurrency: 1 }, { stop: stop.signal, tell });
  expect(report().requests.map(({ name }) => name)).toEqual(many.slice(0, 5).map(({ name }) => name));
});

test('a link or a model that there is not is named with those that there are', async () => {
  await expect(run({ links: 'anthropic,nope' })).rejects.toThrow(`it has ${NAMES.join(', ')}`);
  await expect(run({ requests: one({ model: 'claude-opus-9' }) })).rejects.toThrow(
    'request "mine": claude-opus-9 is not a model of this configuration; it has claude-opus-5-5',
  );
});

test('a host that is not asked needs no key', async () => {
  const env = { ...ENV, ANTHROPIC_KEY: undefined };
  const { links } = (await run({ links: 'bedrock', requests: one({}) }, { env })).report();
  expect(links).toMatchObject([{ link: 'bedrock', answered: { yes: 1, of: 1 } }]);
  await expect(run({ requests: one({}) }, { env })).rejects.toThrow('ANTHROPIC_KEY');
});

test('nothing is sent where nobody has agreed', async () => {
  const before = hosts.get('anthropic')!.requests.length;
  await expect(run({ yes: false })).rejects.toThrow('nothing was sent');
  await expect(run({ maxCost: 0.000_01 })).rejects.toThrow('more than --max-cost');
  expect(hosts.get('anthropic')!.requests).toHaveLength(before);
});
