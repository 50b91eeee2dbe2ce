import type { ReasoningEffort } from 'openai/resources/shared';
import type { BodyFields } from '../../../engine/host';
import { isObject } from '../../../engine/json';
import type { Asked, ChatFields } from './chat-options';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** What a budget of thinking tokens is worth, where no effort is named. */
const BUDGETS: readonly (readonly [most: number, effort: string])[] = [
  [4096, 'low'],
  [16_384, 'medium'],
  [Infinity, 'high'],
];

/** `thinking` and `output_config.effort` are one thing here; an effort that the server does not have becomes the next to it. */
export function reasoningEffort(_value: unknown, { body, traits, dropped }: Asked): ChatFields {
  const wanted = wantedEffort(body);
  if (wanted === undefined) return {};
  const place = EFFORTS.indexOf(wanted);
  const distance = (effort: string): number => Math.abs(EFFORTS.indexOf(effort) - place);
  const known = traits.takes.reasoningEffort.filter((effort) => EFFORTS.includes(effort));
  const [nearest] = known.toSorted((a, b) => distance(a) - distance(b));
  if (nearest !== undefined) return { reasoning_effort: nearest as ReasoningEffort };
  dropped.add(namedEffort(body) === undefined ? 'thinking' : 'output_config.effort');
  return {};
}

/** Whether the client will be shown what the model thinks. */
export function asksForThinking({ thinking }: BodyFields): boolean {
  if (!isObject(thinking)) return false;
  return (thinking['type'] === 'enabled' || thinking['type'] === 'adaptive') && thinking['display'] !== 'omitted';
}

function wantedEffort(body: BodyFields): string | undefined {
  const thinking = isObject(body['thinking']) ? body['thinking'] : {};
  if (thinking['type'] === 'disabled') return 'none';
  const { budget_tokens: budget } = thinking;
  return namedEffort(body) ?? (typeof budget === 'number' ? BUDGETS.find(([most]) => budget <= most)![1] : undefined);
}

function namedEffort({ output_config: config }: BodyFields): string | undefined {
  const effort = isObject(config) ? config['effort'] : undefined;
  return typeof effort === 'string' && EFFORTS.includes(effort) ? effort : undefined;
}
