import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const CONTRACT = 'lib/contract';
const CATALOG = 'lib/catalog';

/** Of the lambda side, each part with those below it: what it may import beside itself. */
const PURE = ['lambda/engine', CONTRACT];
const WIRE = ['lambda/wire', ...PURE];
const AWS = ['lambda/aws', 'lambda/runtime', 'lambda/schema', ...PURE];
const HOSTS = ['lambda/hosts', 'lambda/schema', CATALOG, ...WIRE, ...AWS];
const GATEWAY = ['lambda/gateway', ...HOSTS];

/** Subjects of `lib`, each of which may import itself and those after it. */
const LIB_SUBJECTS = [
  'lib/regions',
  'lib/gateway',
  'lib/monitoring',
  'lib/router',
  'lib/governance',
  'lib/hosts',
  CATALOG,
  CONTRACT,
];
const VALIDATION_ERROR = 'lib/validation-error.ts';
const LIB_LAYERS = {
  ...Object.fromEntries(
    LIB_SUBJECTS.map((subject, index) => [
      subject,
      [...LIB_SUBJECTS.slice(index), ...(subject === CONTRACT ? [] : [VALIDATION_ERROR])],
    ]),
  ),
  'lib/cdktf': ['lib/cdktf', ...LIB_SUBJECTS.slice(LIB_SUBJECTS.indexOf('lib/router')), VALIDATION_ERROR],
  [VALIDATION_ERROR]: [],
};

/** What each part may import of this repository. `test` may import everything, and nothing else imports it. */
const LAYERS = {
  lib: ['lib'],
  ...LIB_LAYERS,
  'lambda/engine': PURE,
  'lambda/wire': WIRE,
  'lambda/runtime': ['lambda/runtime', ...PURE],
  'lambda/schema': ['lambda/schema', CATALOG, CONTRACT],
  'lambda/aws': AWS,
  'lambda/hosts': HOSTS,
  'lambda/gateway': GATEWAY,
  'lambda/server': ['lambda/server', ...GATEWAY],
  // One of them is the plain server, as AWS runs it.
  'lambda/functions': ['lambda/functions', 'lambda/server', ...GATEWAY],
  local: ['local', 'console', 'lambda', 'lib'],
  console: ['console', 'local/loopback', 'local/report', 'lambda', 'lib'],
  'console/view': ['console/view', 'console/source.ts', 'local/report', CONTRACT],
  // What browsers load: types of all else, and code of nothing else.
  'console/page': ['console/page', 'console/view', 'console/source.ts', 'console/api.ts', 'console/faults.ts'],
  // Ships with the command line, so that nothing of the demo may come along.
  'local/client': ['local/client', 'lib'],
  bench: ['bench', 'local', 'lambda', 'lib', 'docs/prices.json'],
  bin: ['bin', 'console', 'local/client', 'local/report', 'lambda', 'lib', 'failover.config.ts'],
};

/** What the main entry must do without: cdktf is for those who also have Google. */
const withoutCdktf = {
  target: ['./lib/*.ts', './lib/!(cdktf)/**/*'],
  from: './lib/cdktf',
  message: 'The main entry does without lib/cdktf, which needs packages that not everyone installs.',
};

const zones = Object.entries(LAYERS).map(([target, allowed]) => ({
  target: `./${target}`,
  from: '.',
  except: [...new Set(allowed), 'node_modules', 'package.json'],
  message: `${target} may import ${[...new Set(allowed)].join(', ')}.`,
}));

const IMPURE = 'Engine and wire are pure: time, chance and the outside world come in as arguments.';
const IMPURE_GLOBALS = [
  'Buffer',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];
const IMPURE_CALLS = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['AbortSignal', 'timeout'],
];

export default tseslint.config(
  { ignores: ['**/dist/', '.peers/', 'cdk.out/', 'cdktf.out/', 'coverage/', 'lib/**/*.js', 'lib/**/*.d.ts'] },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        clearTimeout: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        module: 'writable',
        process: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strict],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] })],
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // An index below the length is safe, and the compiler cannot see it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // jsii drops free functions: a class of factories is the only form.
      '@typescript-eslint/no-extraneous-class': ['error', { allowStaticOnly: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: [...zones, withoutCdktf] }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', 300],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(@?cdktf)($|[-/])', message: 'Only lib/cdktf imports cdktf.' }] },
      ],
    },
  },
  { files: ['lib/cdktf/**', 'test/lib/cdktf/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['lib/contract/**', 'lambda/engine/**', 'lambda/wire/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'No packages here.' }] }] },
  },
  {
    files: ['lambda/wire/openai/**'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(?!openai/)[^.]', message: 'No packages here.' },
            { regex: '^openai/', allowTypeImports: true, message: 'Of OpenAI only the types of its wire.' },
          ],
        },
      ],
    },
  },
  {
    files: ['lambda/engine/**', 'lambda/wire/**'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS.map((name) => ({ name, message: IMPURE }))],
      'no-restricted-properties': [
        'error',
        ...IMPURE_CALLS.map(([object, property]) => ({ object, property, message: IMPURE })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: IMPURE },
        { selector: 'ImportExpression', message: IMPURE },
      ],
    },
  },
);
