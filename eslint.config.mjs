import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const CONTRACT = ['lib/contract'];

/** Subjects of `lib`, each of which may import itself and those after it. */
const LIB_SUBJECTS = ['lib/gateway', 'lib/monitoring', 'lib/router', 'lib/hosts', 'lib/catalog', 'lib/contract'];
const VALIDATION_ERROR = 'lib/validation-error.ts';
const LIB_LAYERS = {
  ...Object.fromEntries(
    LIB_SUBJECTS.map((subject, index) => [
      subject,
      [...LIB_SUBJECTS.slice(index), ...(subject === 'lib/contract' ? [] : [VALIDATION_ERROR])],
    ]),
  ),
  'lib/cdktf': ['lib/cdktf', ...LIB_SUBJECTS.slice(LIB_SUBJECTS.indexOf('lib/router')), VALIDATION_ERROR],
  [VALIDATION_ERROR]: [],
};

/** What each part may import of this repository. `test` may import everything, and nothing else imports it. */
const LAYERS = {
  lib: ['lib'],
  ...LIB_LAYERS,
  'lambda/core': ['lambda/core', ...CONTRACT],
  'lambda/shared': ['lambda/shared', 'lambda/core', ...CONTRACT],
  'lambda/hosts': ['lambda/hosts', 'lambda/shared', 'lambda/core', ...CONTRACT, 'lib/models'],
  'lambda/router': ['lambda/router', 'lambda/hosts', 'lambda/shared', 'lambda/core', ...CONTRACT, 'lib/models'],
  'lambda/canary': [
    'lambda/canary',
    'lambda/router',
    'lambda/hosts',
    'lambda/shared',
    'lambda/core',
    ...CONTRACT,
    'lib/models',
  ],
  'lambda/outside-view': [
    'lambda/outside-view',
    'lambda/canary',
    'lambda/router',
    'lambda/shared',
    'lambda/core',
    ...CONTRACT,
    'lib/models',
  ],
  'lambda/authorizer': ['lambda/authorizer', 'lambda/shared', 'lambda/core', ...CONTRACT],
  'lambda/pre-traffic': ['lambda/pre-traffic', 'lambda/shared', 'lambda/core', ...CONTRACT],
  'lambda/key-reminder': ['lambda/key-reminder', 'lambda/shared', 'lambda/core', ...CONTRACT],
  'lambda/spend-watch': ['lambda/spend-watch', 'lambda/shared', 'lambda/core', ...CONTRACT],
  local: ['local', 'lambda', 'lib'],
  bench: ['bench', 'local', 'lambda', 'lib', 'docs/prices.json'],
  bin: ['bin', 'local', 'lambda', 'lib', 'failover.config.ts'],
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
  except: [...allowed, 'node_modules', 'package.json'],
  message: `${target} may import ${allowed.join(', ') || 'nothing'}.`,
}));

const PURE = 'The core is pure: time, chance and the outside world come in as arguments.';
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
    languageOptions: { globals: { console: 'readonly', module: 'writable', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js', '.json'] })],
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
      'max-lines': ['error', 300],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(@?cdktf)($|[-/])', message: 'Only lib/cdktf imports cdktf.' }] },
      ],
    },
  },
  { files: ['lib/**', 'bin/**'], rules: { 'import-x/no-cycle': ['error', { ignoreExternal: true }] } },
  { files: ['lib/cdktf/**', 'test/lib/cdktf/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['lib/contract/**', 'lambda/core/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'No packages here.' }] }] },
  },
  {
    files: ['lambda/core/**'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS.map((name) => ({ name, message: PURE }))],
      'no-restricted-properties': [
        'error',
        ...IMPURE_CALLS.map(([object, property]) => ({ object, property, message: PURE })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: PURE },
        { selector: 'ImportExpression', message: PURE },
      ],
    },
  },
);
