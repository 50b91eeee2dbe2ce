/** What of `@aws/cloudformation-validate` aws-cdk-lib uses, by what one-validator.cjs lends. */
const { validateTemplate, version } = globalThis.validator;

exports.version = version;
exports.TemplateContent = class {
  constructor(content, name) {
    Object.assign(this, { content, name });
  }
};
exports.CompositeEngine = class {
  constructor(config) {
    this.config = JSON.stringify(config);
  }
  validateTemplate({ content, name }, how) {
    return JSON.parse(validateTemplate(this.config, content, name, JSON.stringify(how)));
  }
  free() {}
};
