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

  ['lambda/engine/x.ts', "import './time/clock'; import '../../lib/contract';"],
  ['lambda/engine/x.ts', "import '../../lib/catalog/models';", PATHS],
  ['lambda/engine/x.ts', "import '../gateway/config/config';", PATHS],
  ['lambda/engine/x.ts', "import '../hosts/transport/transport';", PATHS],
  ['lambda/engine/x.ts', "import '../wire/sse-events';", PATHS],
  ['lambda/wire/x.ts', "import '../engine/json'; import '../../lib/contract';"],
  ['lambda/wire/x.ts', "import '../hosts/host-facts';", PATHS],
  ['lambda/wire/x.ts', "import type { T } from 'openai/x'; export type U = T;", 'no-restricted-imports'],
  ['lambda/wire/openai/x.ts', "import type { T } from 'openai/x'; export type U = T;"],
  ['lambda/wire/openai/x.ts', "import 'openai/x';", '@typescript-eslint/no-restricted-imports'],
  ['lambda/wire/openai/x.ts', "import 'node:crypto';", '@typescript-eslint/no-restricted-imports'],
  ['lambda/wire/x.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['lambda/hosts/x.ts', "import '../gateway/gateway-error';", PATHS],
  ['lambda/gateway/x.ts', "import '../functions/router/lambda-request';", PATHS],
  ['lambda/gateway/x.ts', "import '../server/server';", PATHS],
  ['lambda/engine/x.ts', "import 'node:crypto';", 'no-restricted-imports'],
  ['lambda/engine/x.ts', "import 'valibot';", 'no-restricted-imports'],
  ['lambda/engine/x.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['lambda/engine/x.ts', 'export const now = new Date();', 'no-restricted-syntax'],
  ['lambda/engine/x.ts', "export const then = new Date('2026-11-21'); export const ms = Date.parse('2026-11-21');"],
  ['lambda/engine/x.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['lambda/engine/x.ts', "export const region = process.env['AWS_REGION'];", 'no-restricted-globals'],
  ['lambda/engine/x.ts', 'setTimeout(() => undefined, 1);', 'no-restricted-globals'],
  ['lambda/engine/x.ts', "console.log('x');", 'no-restricted-globals'],
  ['test/engine/x.test.ts', 'export const now = Date.now() + Math.random();'],
  ['bench/x.ts', "export const now = Date.now(); export const region = process.env['AWS_REGION'];"],

  ['lambda/hosts/x.ts', "import '../engine/time/clock'; import '../../lib/catalog/resolve'; import 'node:http';"],
  ['lambda/hosts/x.ts', "import '../gateway/config/config';", PATHS],
  ['lambda/aws/x.ts', "import '../hosts/transport/transport';", PATHS],
  [
    'lambda/gateway/x.ts',
    "import '../hosts/transport/transport'; import '../engine/time/clock'; import '../../lib/contract';",
  ],
  ['lambda/gateway/x.ts', "import '../../test/gateway/small-config';", PATHS],
  ['local/x.ts', "import '../lambda/gateway/config/config'; import '../lib/contract';"],
  ['local/x.ts', "import '../test/gateway/small-config';", PATHS],
  ['local/client/x.ts', "import '../demo/demo-faults';", PATHS],
  ['bin/x.ts', "import '../local/client/ask'; import '../console/server/start-console';"],
  ['console/view/x.ts', "import './trace'; import type { Act } from '../source'; export type T = Act;"],
  ['console/view/x.ts', "import '../server/guard';", PATHS],
  ['console/page/x.tsx', "import '../view/trace'; import type { Look } from '../api'; export type T = Look;"],
  ['console/page/x.tsx', "import '../server/guard';", PATHS],
  ['console/x.ts', "import '../local/demo/demo-faults';", PATHS],
  ['bin/x.ts', "import '../local/demo/demo-faults';", PATHS],
  [
    'bin/x.ts',
    "import type { createDemoFaults } from '../local/demo/demo-faults'; export type T = typeof createDemoFaults;",
    PATHS,
  ],
  ['test/x.test.ts', "import './gateway/small-config'; import '../lambda/gateway/config/config';"],

  ['lambda/gateway/x.ts', 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  ['lambda/gateway/x.ts', '// @ts-ignore\nexport const x = 1;', '@typescript-eslint/ban-ts-comment'],
  [
    'lambda/gateway/x.ts',
    '// eslint-disable-next-line\nexport const x: any = 1;',
    '@typescript-eslint/no-explicit-any',
  ],
  ['lambda/gateway/x.ts', 'export {};\n'.repeat(301), 'max-lines'],
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
