import { type Capabilities, CAPABILITIES, type EffortLevel, takesSampling } from '../../../../lib/catalog/capabilities';
import type { FittedRequest, Plan } from '../../../engine/chain/plan';
import { isObject, type JsonObject } from '../../../engine/json';

/** From the least to the most. */
const LEVELS: readonly EffortLevel[] = ['low', 'medium', 'high', 'xhigh', 'max'];
/** Claude's hosts take no smaller budget for thinking. */
const LEAST_THOUGHT = 1024;

interface Fit {
  readonly fields: JsonObject;
  readonly can: Capabilities;
  readonly dropped: string[];
}

/**
 * The request without what another model would refuse: its client has fitted it to the one it asked for. Undefined where the model
 * can take it as it is, or nothing is known of it.
 */
export function fittedTo(model: string, { body }: Pick<Plan, 'body'>): FittedRequest | undefined {
  const can = CAPABILITIES[model];
  if (!can) return undefined;
  const fit: Fit = { fields: { ...body }, can, dropped: [] };
  for (const step of [fitMaxTokens, fitThinking, fitSampling, fitEffort]) step(fit);
  const isSame = Object.keys(body).every((name) => body[name] === fit.fields[name]);
  if (isSame) return undefined;
  const { fields, dropped } = fit;
  return { bytes: new TextEncoder().encode(JSON.stringify(fields)), body: fields, dropped };
}

function fitMaxTokens({ fields, can }: Fit): void {
  const { max_tokens: asked } = fields;
  if (typeof asked === 'number' && asked > can.maxTokens) fields['max_tokens'] = can.maxTokens;
}

/** Each way to think is taken for the other, where the model has only that; none costs no more than a thought. */
function fitThinking({ fields, can, dropped }: Fit): void {
  const { thinking, max_tokens: most } = fields;
  if (!isObject(thinking)) return;
  const { type, budget_tokens: budget } = thinking;
  const has = (name: unknown): boolean => can.thinking.some((each) => each === name);
  if (type === 'enabled' && has('enabled')) {
    // A budget has to be less than what the answer may take.
    if (typeof budget !== 'number' || typeof most !== 'number' || budget < most) return;
    if (most > LEAST_THOUGHT) fields['thinking'] = { ...thinking, budget_tokens: Math.max(LEAST_THOUGHT, most - 1) };
    else drop(fields, 'thinking', dropped);
  } else if (type === 'enabled' && has('adaptive')) {
    const { budget_tokens: _, ...rest } = thinking;
    fields['thinking'] = { ...rest, type: 'adaptive' };
  } else if (!has(type)) drop(fields, 'thinking', dropped);
}

function fitSampling({ fields, can, dropped }: Fit): void {
  if (takesSampling(can)) return;
  for (const name of ['temperature', 'top_p', 'top_k']) if (name in fields) drop(fields, name, dropped);
}

function fitEffort({ fields, can, dropped }: Fit): void {
  const { output_config: config } = fields;
  if (!isObject(config) || can.effort.some((level) => level === config['effort'])) return;
  const { effort, ...rest } = config;
  if (effort === undefined) return;
  const place = LEVELS.findIndex((level) => level === effort);
  const level = can.effort.findLast((each) => LEVELS.indexOf(each) <= place);
  if (level === undefined) dropped.push('output_config.effort');
  const fitted = level === undefined ? rest : { ...rest, effort: level };
  if (Object.keys(fitted).length > 0) fields['output_config'] = fitted;
  else delete fields['output_config'];
}

function drop(fields: JsonObject, name: string, dropped: string[]): void {
  Reflect.deleteProperty(fields, name);
  dropped.push(name);
}
