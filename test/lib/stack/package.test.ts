import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { exports, files, main, peerDependencies, peerDependenciesMeta, types, ...rest } = JSON.parse(
  readFileSync(join(__dirname, '../../../package.json'), 'utf8'),
) as Record<string, unknown>;

it('gives CDK apps the constructs, and jsii their description', () => {
  expect({ main, types, exports }).toMatchObject({
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    exports: { '.': './lib/index.js', './.jsii': './.jsii' },
  });
});

it('ships the bundles of the functions, and nothing that is needed only here', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      '.jsii',
      'lib/**/*.js',
      'lib/**/*.d.ts',
      'lambda/functions/*/dist/**',
      'THIRD-PARTY-NOTICES',
    ]),
  );
  expect(rest.dependencies).toBeUndefined();
});

it('takes the CDK of the app it is installed in', () => {
  expect(Object.keys(peerDependencies as object)).toEqual(['aws-cdk-lib', 'constructs']);
});

it('has the Google side under an entry of its own, whose packages are optional', () => {
  expect(exports).toMatchObject({ './cdktf': './lib/cdktf/index.js' });
  expect(peerDependenciesMeta).toEqual({
    '@cdktf/provider-google': { optional: true },
    cdktf: { optional: true },
    // Whoever looks at the demo or runs serve needs no CDK; who composes constructs has one.
    'aws-cdk-lib': { optional: true },
    constructs: { optional: true },
  });
});
