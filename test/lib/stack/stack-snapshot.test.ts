import { exampleApp, templatesOf } from './synthesised';

/** Hashes of code and of deployments differ with every change of the router; the rest of a template must not change unseen. */
const withoutHashes = (template: unknown): unknown =>
  JSON.parse(
    JSON.stringify(template)
      .replace(/[0-9a-f]{64}/g, '<hash>')
      .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>')
      .replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'),
  );

it('synthesises the complete stack as before', () => {
  const { CompleteStack } = templatesOf(exampleApp('complete-stack'));
  expect(withoutHashes(CompleteStack)).toMatchSnapshot();
});
