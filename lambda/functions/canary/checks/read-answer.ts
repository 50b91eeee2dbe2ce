import { DOOR_SHAPE, type Finding } from '../../../../lib/contract';
import type { ModelCatalog } from '../../../../lib/catalog/resolve';
import { MessageAssembler } from '../../../wire/anthropic/answer/assemble-message';
import { readAll } from '../../../engine/bytes';
import type { Clock } from '../../../engine/time/clock';
import type { GatewayResponse } from '../../../engine/gateway';
import type { Usage } from '../../../engine/answer';
import { isObject, type JsonObject } from '../../../engine/json';
import { eventJson, SseDecoder, type SseEvent } from '../../../wire/sse-events';
import type { Check } from './check';
import { findingOfType } from '../../findings/finding-of';
import { shapeOf, TOOL } from './shapes';

export interface AnswerRead {
  /** What is wrong with it; undefined where nothing is. */
  readonly problem: Problem | undefined;
  readonly usage: Usage | undefined;
  readonly firstContentAt: number | undefined;
}
export interface Problem {
  readonly finding: Finding;
  readonly detail: string;
}

/** No answer to a check comes near. */
const MAX_BYTES = 4 * 1024 * 1024;

const wrong = (detail: string): Problem => ({ finding: 'wrong-answer', detail });

/** Reads a 200 to its end and holds it against what was asked for. */
export async function readAnswer(
  { body }: GatewayResponse,
  check: Check,
  models: ModelCatalog,
  clock: Clock,
): Promise<AnswerRead> {
  if (shapeOf(check.shape, check.model)?.body['stream'] === true) return readStream(body, check, models, clock);
  const answer = parse(body instanceof Uint8Array ? body : await readAll(body, MAX_BYTES));
  const firstContentAt = clock.now();
  if (check.shape === 'count-tokens') {
    const isCount = Number(answer['input_tokens']) > 0;
    return { problem: isCount ? undefined : wrong('no count of tokens'), usage: undefined, firstContentAt };
  }
  if (check.shape === DOOR_SHAPE) return { ...chatRead(answer, check, models), firstContentAt };
  return { problem: messageProblem(answer, check, models), usage: usageOf(answer), firstContentAt };
}

/** A Chat Completion, with its counters under Anthropic's names for them. */
function chatRead(answer: JsonObject, check: Check, models: ModelCatalog): Pick<AnswerRead, 'problem' | 'usage'> {
  const { prompt_tokens: input, completion_tokens: output } = usageOf(answer) ?? {};
  const usage = { input_tokens: input, output_tokens: output };
  if (answer['object'] !== 'chat.completion') return { problem: wrong('the answer is not a Chat Completion'), usage };
  const [choice] = Array.isArray(answer['choices']) ? answer['choices'].filter(isObject) : [];
  if (!isModel(answer['model'], check.model, models))
    return { problem: wrong('the answer is by another model'), usage };
  if (typeof choice?.['finish_reason'] !== 'string')
    return { problem: wrong('the answer has no finish_reason'), usage };
  if (typeof input !== 'number' || typeof output !== 'number')
    return { problem: wrong('the answer has no usage'), usage };
  return { problem: undefined, usage };
}

async function readStream(
  body: GatewayResponse['body'],
  check: Check,
  models: ModelCatalog,
  clock: Clock,
): Promise<AnswerRead> {
  const decoder = new SseDecoder();
  const assembler = new MessageAssembler();
  // A block that is never closed is lost to clients, whose SDKs hand it out at its end.
  const open = new Set<unknown>();
  let firstContentAt: number | undefined;
  const take = (events: readonly SseEvent[]): void => {
    for (const event of events) {
      const json = eventJson(event);
      if (isObject(json) && json['type'] === 'content_block_start') open.add(json['index']);
      if (isObject(json) && json['type'] === 'content_block_stop') open.delete(json['index']);
      assembler.push(event);
      if (assembler.hasContent) firstContentAt ??= clock.now();
    }
  };
  let problem: Problem | undefined;
  let message: JsonObject = {};
  try {
    for await (const chunk of body instanceof Uint8Array ? [body] : body) take(decoder.push(chunk));
    take(decoder.end());
    if (assembler.error === undefined) message = assembler.message();
  } catch (error) {
    problem = wrong(error instanceof Error ? error.message : 'the stream cannot be read');
  }
  problem ??= errorProblem(assembler.error);
  if (open.size > 0) problem ??= wrong('a content block of the stream is never closed');
  problem ??= messageProblem(message, check, models);
  return { problem, usage: usageOf(message), firstContentAt };
}

function errorProblem(event: unknown): Problem | undefined {
  if (event === undefined) return undefined;
  // Its status was a 200 already, so that the type is all there is.
  const error = isObject(event) && isObject(event['error']) ? event['error'] : {};
  const type = typeof error['type'] === 'string' ? error['type'] : 'error';
  return { finding: findingOfType(type), detail: `${type} inside the stream` };
}

function messageProblem(message: JsonObject, check: Check, models: ModelCatalog): Problem | undefined {
  if (message['type'] !== 'message' || message['role'] !== 'assistant') return wrong('the answer is not a Message');
  // Worse than no answer: a client would not notice.
  if (!isOther(check) && !isModel(message['model'], check.model, models))
    return wrong('the answer is by another model');
  if (typeof message['stop_reason'] !== 'string') return wrong('the answer has no stop_reason');
  // Costs, quotas and the canary's own budget are counted by it.
  const { input_tokens: input, output_tokens: output, ...cached } = usageOf(message) ?? {};
  if (typeof input !== 'number' || typeof output !== 'number') return wrong('the answer has no usage');
  // A host that takes the field and does not cache makes every long prompt many times as dear.
  if (check.shape === 'cached-system' && typeof cached['cache_creation_input_tokens'] !== 'number') {
    return wrong('the usage does not say what was cached');
  }
  return contentProblem(message['content'], message['stop_reason']);
}

/** Servers of other models call them as they like. */
const isOther = ({ shape }: Check): boolean => shape === 'other-text' || shape === 'other-tool';

/** A model that thinks first may have spent its few tokens before there is a word. */
function contentProblem(content: unknown, stopReason: string): Problem | undefined {
  if (!Array.isArray(content) || !content.every(isObject)) return wrong('the answer has no content');
  if (content.length === 0 && stopReason !== 'max_tokens') return wrong('the answer has no content');
  // Words instead of a call are the model's free choice, and say nothing of the host.
  const calls = content.filter((block) => block['type'] === 'tool_use');
  const isUsable = (call: JsonObject): boolean => call['name'] === TOOL.name && isObject(call['input']);
  return calls.every(isUsable) ? undefined : wrong('a tool call of the answer cannot be used');
}

/** Hosts write the name their own way: with Bedrock's prefix or version, or Vertex's date. */
function isModel(served: unknown, asked: string, models: ModelCatalog): boolean {
  const model = models.find(asked);
  if (typeof served !== 'string' || model === undefined) return false;
  const names = [model.id, ...model.aliases, ...Object.values(model.on)];
  return [served, plainName(served)].some((name) => names.includes(name));
}

const plainName = (served: string): string =>
  served
    .replace(/^.*anthropic\./, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace('@', '-');

function usageOf(answer: JsonObject): Usage | undefined {
  return isObject(answer['usage']) ? answer['usage'] : undefined;
}

function parse(bytes: Uint8Array): JsonObject {
  const json = eventJson({ event: '', data: new TextDecoder().decode(bytes) });
  return isObject(json) ? json : {};
}
