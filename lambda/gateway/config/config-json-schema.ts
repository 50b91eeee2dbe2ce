import { toJsonSchema } from '@valibot/to-json-schema';
import { routerConfigSchema } from './kinds/every-config';

/** For editors and other languages. Not part of the router's bundle. */
export function configJsonSchema(): object {
  const schema = toJsonSchema(routerConfigSchema, { typeMode: 'input', ignoreActions: ['check'] });
  return { ...schema, title: 'cdk-claude-failover router configuration' };
}
