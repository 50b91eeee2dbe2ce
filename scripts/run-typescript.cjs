/** Runs a TypeScript file of this repository as it stands: `node scripts/run-typescript.cjs bin/gateway-app.ts`. Types are not checked. */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const OPTIONS = {
  configFile: false,
  swcrc: false,
  sourceMaps: 'inline',
  jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  module: { type: 'commonjs' },
};
const LIBRARY = resolve(module.path, '../lib/index.ts');

require.extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename }).code, filename);
};

// Sources before what jsii compiled beside them, which may be older; the examples import the library by its name.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const relative = request.startsWith('.') && parent?.filename?.endsWith('.ts');
  const source = relative ? join(dirname(parent.filename), `${request}.ts`) : undefined;
  if (source !== undefined && existsSync(source)) return source;
  return resolveFilename(request === 'cdk-claude-failover' ? LIBRARY : request, parent, ...rest);
};

process.argv.splice(1, 1);
require(resolve(process.argv[1]));
