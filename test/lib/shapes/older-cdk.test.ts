import { RouterShape } from '../../../lib/router/shape/router-shape';
import { fargate, gatewayIn, newStack } from './shape-stack';

// As in every aws-cdk-lib before 2.276.0.
jest.mock('aws-cdk-lib/aws-lambda', () => {
  const { WebFunction: _, ...older } = jest.requireActual<Record<string, unknown>>('aws-cdk-lib/aws-lambda');
  return older;
});

it('says which aws-cdk-lib a web function needs, where the class is missing', () => {
  expect(() => gatewayIn(newStack(), () => ({ shape: RouterShape.webFunction() }))).toThrow(
    /needs aws-cdk-lib 2\.276\.0 or later.*\n {2}at construct path "Stack\/Gateway\/Router"/,
  );
});

it('has every other shape there', () => {
  expect(() => gatewayIn(newStack(), () => ({}))).not.toThrow();
  expect(() => gatewayIn(newStack(), (stack) => ({ shape: fargate(stack) }))).not.toThrow();
});
