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
  testEnvironment: '<rootDir>/scripts/jest/one-validator.cjs',
  moduleNameMapper: { '^@aws/cloudformation-validate$': '<rootDir>/scripts/jest/lent-validator.cjs' },
  testSequencer: '<rootDir>/scripts/jest/longest-first.cjs',
  // A machine that does other things beside the tests is no failure of theirs.
  testTimeout: 30_000,
};
