import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const PATHS = 'import-x/no-restricted-paths';

/** File, its code, and the rule it breaks; none where the code is allowed. */
const CASES: readonly (readonly [file: string, text: string, rule?: string])[] = [
  ['lib/x.ts', "import '../lambda/engine/time/clock';", PATHS],
  ['lib/x.ts', "import type { Clock } from '../lambda/engine/time/clock'; export type T = Clock;", PATHS],
  ['lib/x.ts', "export const load = () => import('../lambda/engine/time/clock');", PATHS],
  ['lib/x.ts', "export * from '../test/gateway/small-config';", PATHS],
  ['lib/x.ts', "import './contract'; import './catalog/models'; import 'constructs';"],
  ['lib/x.ts', "import 'cdktf';", 'no-restricted-imports'],
  ['lib/x.ts', "import '@types/node'; import 'cdktfish';"],
  ['lib/cdktf/x.ts', "import 'cdktf';"],
  ['lib/cdktf/x.ts', "import '../catalog/models'; import '@cdktf/provider-google/lib/provider';"],
  ['lib/cdktf/x.ts', "import '../router/residency'; import '../hosts/host'; import '../validation-error';"],
  ['lib/cdktf/x.ts', "import '../monitoring/spend-watch';", PATHS],
  ['lib/cdktf/x.ts', "import '../../lambda/engine/time/clock';", PATHS],
  ['lib/x.ts', "import './cdktf';", PATHS],
  ['lib/hosts/x.ts', "import '../cdktf/vertex-access';", PATHS],
  ['lib/x.ts', "import '@cdktf/provider-google/lib/provider';", 'no-restricted-imports'],
  ['bin/x.ts', "import 'cdktf';", 'no-restricted-imports'],
  ['lib/gateway/x.ts', "import '../monitoring/spend-watch'; import '../router/residency'; import '../contract';"],
  ['lib/monitoring/x.ts', "import '../router/residency'; import '../hosts/host'; import '../catalog/models';"],
  ['lib/monitoring/x.ts', "import '../gateway/rest-api';", PATHS],
  ['lib/router/x.ts', "import '../hosts/host'; import '../catalog/models'; import '../validation-error';"],
  ['lib/router/x.ts', "import '../monitoring/spend-watch';", PATHS],
  ['lib/router/x.ts', "import type { T } from '../gateway/firewall'; export type U = T;", PATHS],
  ['lib/hosts/x.ts', "import '../catalog/models'; import '../contract'; import '../validation-error';"],
  ['lib/hosts/x.ts', "import '../router/residency';", PATHS],
  ['lib/hosts/foundry/x.ts', "import '../../router/residency';", PATHS],
  ['lib/catalog/x.ts', "import '../contract'; import './models';"],
  ['lib/catalog/x.ts', "import '../hosts/host';", PATHS],
  ['lib/contract/x.ts', "import '../catalog/models';", PATHS],
  ['lib/contract/x.ts', "import '../validation-error';", PATHS],
  ['lib/contract/x.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['lib/contract/x.ts', "import './names';"],
  ['lib/validation-error.ts', "import './contract';", PATHS],
  ['lib/catalog/closest.ts', "import './resolve';", 'import-x/no-cycle'],
  ['bin/member.ts', "import './gateway-stack';", 'import-x/no-cycle'],

  ['lambda/core/x.ts', "import './clock'; import '../../lib/contract';"],
  ['lambda/core/x.ts', "import '../../lib/catalog/models';", PATHS],
  ['lambda/core/x.ts', "import '../router/config';", PATHS],
  ['lambda/core/x.ts', "import '../hosts/transport';", PATHS],
  ['lambda/core/x.ts', "import 'node:crypto';", 'no-restricted-imports'],
  ['lambda/core/x.ts', "import 'valibot';", 'no-restricted-imports'],
  ['lambda/core/x.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['lambda/core/x.ts', 'export const now = new Date();', 'no-restricted-syntax'],
  ['lambda/core/x.ts', "export const then = new Date('2026-11-21'); export const ms = Date.parse('2026-11-21');"],
  ['lambda/core/x.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['lambda/core/x.ts', "export const region = process.env['AWS_REGION'];", 'no-restricted-globals'],
  ['lambda/core/x.ts', 'setTimeout(() => undefined, 1);', 'no-restricted-globals'],
  ['lambda/core/x.ts', "console.log('x');", 'no-restricted-globals'],
  ['test/core/x.test.ts', 'export const now = Date.now() + Math.random();'],
  ['bench/x.ts', "export const now = Date.now(); export const region = process.env['AWS_REGION'];"],

  ['lambda/hosts/x.ts', "import '../core/clock'; import '../../lib/catalog/resolve'; import 'node:http';"],
  ['lambda/hosts/x.ts', "import '../router/config';", PATHS],
  ['lambda/shared/x.ts', "import '../hosts/transport';", PATHS],
  ['lambda/router/x.ts', "import '../hosts/transport'; import '../core/clock'; import '../../lib/contract';"],
  ['lambda/router/x.ts', "import '../gateway/small-config';", PATHS],
  ['local/x.ts', "import '../lambda/router/config'; import '../lib/contract';"],
  ['local/x.ts', "import '../test/router/small-config';", PATHS],
  ['test/x.test.ts', "import './router/small-config'; import '../lambda/router/config';"],

  ['lambda/router/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['lambda/router/x.ts', '// @ts-ignore\nexport const x = 1;', '@typescript-eslint/ban-ts-comment'],
  ['lambda/router/x.ts', '// eslint-disable-next-line\nexport const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['lambda/router/x.ts', 'export {};\n'.repeat(301), 'max-lines'],
];

let broken: string[][];
beforeAll(() => {
  const input = JSON.stringify(CASES.map(([file, text]) => ({ file, text })));
  const script = join(__dirname, 'lint-texts.mjs');
  broken = JSON.parse(execFileSync(process.execPath, [script], { cwd: ROOT, input, encoding: 'utf8' })) as string[][];
}, 60_000);

it.each(
  CASES.map(
    ([file, text, rule], index) =>
      [rule ? 'refused' : 'allowed', file, text.replaceAll('\n', ' ').slice(0, 90), index] as const,
  ),
)('is %s in %s: %s', (_, _file, _text, index) => {
  const rule = CASES[index]?.[2];
  const found = new Set(broken[index]);
  if (rule === undefined) expect([...found]).toEqual([]);
  else expect(found).toContain(rule);
});
