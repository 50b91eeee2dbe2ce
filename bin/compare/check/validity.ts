import { isObject, type JsonObject } from '../../../lambda/engine/json';
import { type GivenAnswer, textOfAnswer, toolCalls } from '../answer';
import type { CompareRequest } from '../requests';
import { jsonProblem, schemaProblem } from './schema-check';

export type Validity = 'valid' | 'invalid' | 'nothing to check';

/** What cannot be used of an answer: arguments against their tool's schema, text against the schema it was to have. */
export function validity(request: CompareRequest, answer: GivenAnswer): { is: Validity; problems: readonly string[] } {
  const tools = clientTools(request);
  const calls = toolCalls(answer);
  const text = textSchema(request);
  // A call comes before the answer, a refusal in its place.
  const isText = text !== undefined && calls.length === 0 && answer.stopReason !== 'refusal';
  const problems = calls.flatMap(({ name, input }) => {
    const tool = tools.find((each) => each['name'] === name);
    const problem = tool ? schemaProblem(input, Object(tool['input_schema'])) : 'there is no such tool in the request';
    return problem === undefined ? [] : [`call of ${name}: ${problem}`];
  });
  const textProblem = isText ? jsonProblem(textOfAnswer(answer), text) : undefined;
  if (textProblem !== undefined) problems.push(`structured output: ${textProblem}`);
  const isChecked = calls.length > 0 || isText;
  return { is: problems.length > 0 ? 'invalid' : isChecked ? 'valid' : 'nothing to check', problems };
}

/** Those the client runs: Anthropic's own have a type and no schema. */
export function clientTools({ body: { tools } }: CompareRequest): JsonObject[] {
  return Array.isArray(tools) ? tools.filter(isObject).filter((tool) => isObject(tool['input_schema'])) : [];
}

function textSchema({ body }: CompareRequest): JsonObject | undefined {
  const config = isObject(body['output_config']) ? body['output_config']['format'] : undefined;
  const format = config ?? body['output_format'];
  return isObject(format) && isObject(format['schema']) ? format['schema'] : undefined;
}
