/** Tests run from the TypeScript sources; `ts` comes first so that compiled files never shadow them. */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs', ignoreDynamic: false },
      },
    ],
  },
  maxWorkers: 2,
  testSequencer: '<rootDir>/scripts/longest-first.cjs',
  // A machine that does other things beside the tests is no failure of theirs.
  testTimeout: 30_000,
};
