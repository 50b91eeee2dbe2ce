import { App, CfnResource, Stack } from 'aws-cdk-lib';

const synthesised = (properties: Record<string, unknown>) => () => {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  new CfnResource(new Stack(app, 'Stack', { env: { region: 'us-east-1' } }), 'Queue', {
    type: 'AWS::SQS::Queue',
    properties,
  });
  return app.synth();
};

// The other tests rely on it: they share one validator, which is lent to each of their files.
it('fails where CloudFormation would not take a template', () => {
  expect(synthesised({ VisibilityTimeout: 30 })).not.toThrow();
  expect(synthesised({ VisibilityTimeout: 'soon' })).toThrow(/alidation/);
  expect(synthesised({ Visibility: 30 })).toThrow(/alidation/);
});
