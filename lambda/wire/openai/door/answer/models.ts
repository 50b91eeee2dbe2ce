import type { Model } from 'openai/resources/models';
import { isObject, textOf, type JsonObject } from '../../../../engine/json';

/** Anthropic's list of models, or one of them, in OpenAI's form. */
export function toOpenAiModels(value: JsonObject): object {
  const { data } = value;
  return Array.isArray(data) ? { object: 'list', data: data.filter(isObject).map(toModel) } : toModel(value);
}

function toModel({ id, created_at: at }: JsonObject): Model {
  const created = Math.floor(Date.parse(textOf(at) ?? '') / 1000);
  return { id: String(id), object: 'model', created: Number.isNaN(created) ? 0 : created, owned_by: 'anthropic' };
}
