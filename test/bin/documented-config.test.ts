import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { checkConfig } from '../../bin/check-config';
import { GatewayStack } from '../../bin/gateway-stack';
import config from '../../failover.config';

const PAGES = ['spend', 'policy', 'audit', 'cache', 'queue'];
const ROOT = join(__dirname, '../..');

/** What pages show of `failover.config.ts`. */
const parts = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, 'docs', `${page}.md`), 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  return blocks
    .filter((code) => /^(\/\/ failover\.config\.ts.*\n)?\w+: /.test(code))
    .map((code, at) => [page, at, code] as const);
});
const read = (code: string): object => new Function(`return {${code}\n};`)() as object;
const around = {
  ...config,
  pageEmails: ['on-call@example.com'],
  // Hosts and models that the pages name.
  chain: [...config.chain, { host: 'bedrock', region: 'eu-central-1', profile: 'eu' }],
  commit: 'complete',
};
const synth = (more: object): unknown => new GatewayStack(new App(), checkConfig({ ...around, ...more }));

it.each(parts)('what docs/%s.md shows of the configuration makes a stack (%i)', (_page, _at, code) => {
  expect(() => synth(read(code))).not.toThrow();
});

it.each(['lambda', 'webFunction'])('and so does all of it together, with batches, as %s', (shape) => {
  const teams = parts.flatMap(([, , code]) => (read(code) as { teams?: { name: string }[] }).teams ?? []);
  const all = Object.assign({ batches: { canary: true } }, ...parts.map(([, , code]) => read(code))) as object;
  const named = [...new Map(teams.map((team) => [team.name, team])).values()];
  expect(() => synth({ ...all, shape, teams: named })).not.toThrow();
});

it('no page is without one', () => {
  expect([...new Set(parts.map(([page]) => page))]).toEqual(PAGES);
});
