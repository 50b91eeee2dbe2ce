/**
 * CDK validates every template that it makes, by WebAssembly that takes seconds to start, and jest loads every package anew for every file of
 * tests. Each of jest's processes starts it once, here, and lends it to all of its files; what goes in and out is text.
 */
const { createHash } = require('node:crypto');
const { TestEnvironment } = require('jest-environment-node');

const VALIDATOR = require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] });
/** Each has the rules for some set of types. */
const MOST_ENGINES = 8;
const engines = new Map();

function engineFor(config) {
  const { CompositeEngine } = require(VALIDATOR);
  const key = createHash('sha256').update(config).digest('hex');
  const engine = engines.get(key) ?? new CompositeEngine(JSON.parse(config));
  engines.delete(key);
  engines.set(key, engine);
  if (engines.size > MOST_ENGINES) {
    const [[oldest, unused]] = engines;
    engines.delete(oldest);
    unused.free();
  }
  return engine;
}

function validateTemplate(config, content, name, how) {
  const { TemplateContent } = require(VALIDATOR);
  return JSON.stringify(engineFor(config).validateTemplate(new TemplateContent(content, name), JSON.parse(how)));
}

module.exports = class OneValidator extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.validator = { validateTemplate, version: () => require(VALIDATOR).version() };
  }
};
