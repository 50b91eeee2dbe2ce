import type { HostConfig } from '../../contract';
import { BEDROCK_MODELS } from './bedrock';
import { GEMINI_MODELS } from './gemini';
import { MISTRAL_MODELS } from './mistral';
import { OPENAI_MODELS } from './openai';
import type { OtherModel, OtherModels } from './other-model';

/** Whose models a server of the OpenAI wire has, by its name. Others call theirs what they like. */
const SERVERS: Readonly<Record<string, OtherModels>> = {
  'api.openai.com': OPENAI_MODELS,
  'api.mistral.ai': MISTRAL_MODELS,
};
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;
const PROFILE = /^(global|us|us-gov|eu|apac|jp|au|ca)\./;

/** What is known of the model that a host calls so. */
export function otherModel(host: HostConfig, model: string): OtherModel | undefined {
  if (host.kind === 'openai') return SERVERS[serverOf(host.endpoint)]?.[model.replace(SNAPSHOT, '')];
  if (host.kind === 'vertex-gemini') return GEMINI_MODELS[model.replace(/^google\//, '')];
  if (host.kind === 'bedrock-models') return BEDROCK_MODELS[model.replace(PROFILE, '')];
  return undefined;
}

/** By which factor its list price holds at this host; undefined where what is taken there is not known. */
export function priceFactor(host: HostConfig, model: string, { price }: OtherModel): number | undefined {
  if (host.kind === 'vertex-gemini') return host.location === 'global' ? 1 : undefined;
  if (host.kind !== 'bedrock-models') return 1;
  const profile = PROFILE.exec(model)?.[1];
  if (price?.regional === undefined) return host.region.startsWith('us-') ? 1 : undefined;
  // Without a profile it may be sold by region, at a price of its own.
  return profile === undefined ? undefined : profile === 'global' ? 1 : price.regional;
}

/** Of the OpenAI wire. */
export const serverOf = (endpoint = 'https://api.openai.com'): string => URL.parse(endpoint)?.hostname ?? '';
