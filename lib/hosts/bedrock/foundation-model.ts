import type { IConstruct } from 'constructs';
import { resolveModels } from '../../catalog/resolve';
import { ValidationError } from '../../validation-error';

/** What Bedrock calls a model of the model table, without profile. */
export function foundationModel(scope: IConstruct, model: string): string {
  const base = bedrockId(scope, model);
  if (base !== undefined) return base;
  throw new ValidationError(scope, `'model': '${model}' is not served by Amazon Bedrock; take a model that is`);
}

function bedrockId(scope: IConstruct, model: string): string | undefined {
  try {
    return resolveModels([model]).find(model)?.on.bedrock;
  } catch (error) {
    throw new ValidationError(scope, `'model': ${error instanceof Error ? error.message : String(error)}`);
  }
}
