import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

interface Docs {
  readonly summary?: string;
  readonly default?: string;
}
interface Member {
  readonly name: string;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly overrides?: string;
  readonly docs?: Docs;
  readonly type?: { readonly union?: unknown; readonly primitive?: string };
}
interface Assembly {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly types: Readonly<
    Record<
      string,
      {
        readonly kind: string;
        readonly datatype?: boolean;
        readonly docs?: Docs;
        readonly properties?: readonly Member[];
      }
    >
  >;
}

let output = '';
let assembly: Assembly = { dependencies: {}, types: {} };
const properties = (structs: boolean): [string, Member][] =>
  Object.entries(assembly.types)
    .filter(([, { datatype = false }]) => datatype === structs)
    .flatMap(([type, { properties: members = [] }]) =>
      members.map((member): [string, Member] => [`${type}.${member.name}`, member]),
    );

beforeAll(() => {
  // Beside the sources, what jsii writes would stand in the way of the other tests.
  const copy = mkdtempSync(join(tmpdir(), 'jsii-'));
  try {
    for (const name of ['lib', 'package.json', 'tsconfig.jsii.json', 'README.md', 'LICENSE']) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    output = execFileSync(process.execPath, [join(ROOT, 'node_modules/jsii/bin/jsii')], {
      cwd: copy,
      encoding: 'utf8',
    });
    assembly = JSON.parse(readFileSync(join(copy, '.jsii'), 'utf8')) as Assembly;
  } finally {
    rmSync(copy, { recursive: true });
  }
}, 60_000);

it('compiles the main entry for every language of the CDK', () => {
  expect(output).toContain('Errors: 0');
  expect(Object.keys(assembly.types)).toEqual(
    expect.arrayContaining(
      [
        'BedrockInferenceProfile',
        'ChainPreset',
        'ClientAuth',
        'FailoverGateway',
        'FailoverRouter',
        'Firewall',
        'GatewayEndpoint',
        'Host',
        'ProviderKey',
        'Residency',
        'RouterDeployment',
      ].map((name) => `cdk-claude-failover.${name}`),
    ),
  );
});

it('leaves the Google side out, so that no language has to install cdktf', () => {
  expect(Object.keys(assembly.dependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(Object.keys(assembly.types).filter((name) => /VertexAccess/.test(name))).toEqual([]);
});

it('says what every public type is for', () => {
  const silent = Object.entries(assembly.types).filter(([, { docs }]) => docs?.summary === undefined);
  expect(silent.map(([name]) => name)).toEqual([]);
});

it('names the default of every optional property', () => {
  const silent = properties(true).filter(([, { optional, docs }]) => optional && docs?.default === undefined);
  expect(silent.map(([name]) => name)).toEqual([]);
});

it('has no union in a property, which typed languages could not express', () => {
  const unions = [...properties(true), ...properties(false)].filter(([, { type }]) => type?.union !== undefined);
  expect(unions.map(([name]) => name)).toEqual([]);
});
