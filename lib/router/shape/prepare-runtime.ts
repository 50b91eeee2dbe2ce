import type { Construct } from 'constructs';
import { prepareFargate } from './fargate/fargate-runtime';
import { prepareLambda } from './lambda-runtime';
import type { ShapeSettings } from './router-shape';
import type { RuntimeDraft, RuntimeProps } from './runtime';
import { prepareWebFunction } from './web-function/web-function-runtime';

export function prepareRuntime(scope: Construct, settings: ShapeSettings, props: RuntimeProps): RuntimeDraft {
  switch (settings.kind) {
    case 'lambda':
      return prepareLambda(scope, props);
    case 'webFunction':
      return prepareWebFunction(scope, settings.props, props);
    case 'fargate':
      return prepareFargate(scope, settings.props, props);
  }
}
