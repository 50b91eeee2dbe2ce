import { isObject, type JsonObject, parseJson } from '../../lambda/engine/json';
import { type Expectation, expectation } from './expectation';

/** One request of the user's, and what it is to come to. */
export interface CompareRequest {
  readonly name: string;
  /** A Messages request; its model may be left to the command line. */
  readonly body: JsonObject;
  readonly betas: string | undefined;
  readonly expect: Expectation;
}

const FIELDS = ['name', 'request', 'betas', 'expect'];

/** JSON, one request a line, or one list of them. Errors name the line and the field, and repeat nothing of a prompt. */
export function readRequests(text: string, file: string): CompareRequest[] {
  const list = parseJson(text.trim());
  const entries = Array.isArray(list)
    ? list.map((value: unknown, index) => ({ value, place: `${file}, request ${index + 1}` }))
    : text
        .split('\n')
        .map((line, index) => ({ line: line.trim(), place: `${file}:${index + 1}` }))
        .filter(({ line }) => line !== '')
        .map(({ line, place }) => ({ value: parseJson(line), place }));
  if (entries.length === 0) throw new Error(`${file}: there is no request; write one Messages request a line, as JSON`);
  const requests = entries.map(({ value, place }, index) => readRequest(value, place, `request ${index + 1}`));
  const twice = requests.find(({ name }, index) => requests.findIndex((each) => each.name === name) !== index);
  if (twice) throw new Error(`${file}: two requests are called "${twice.name}"; give each a name of its own`);
  return requests;
}

function readRequest(value: unknown, place: string, otherwise: string): CompareRequest {
  const wrong = (what: string): never => {
    throw new Error(`${place}: ${what}`);
  };
  if (!isObject(value)) return wrong('not a JSON object; write a whole Messages request on one line');
  const entry: JsonObject = isObject(value['request']) ? value : { request: value };
  const unknown = Object.keys(entry).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) wrong(`${unknown} is not known beside "request"; there are ${FIELDS.join(', ')}`);
  const { name = otherwise, betas, expect } = entry;
  const body = entry['request'] as JsonObject;
  if (typeof name !== 'string' || name === '') return wrong('name must be a text that is not empty');
  if (betas !== undefined && typeof betas !== 'string') return wrong('betas must be a text: names with commas between');
  if (!Array.isArray(body['messages'])) wrong('messages must be a list; each line is a Messages request');
  if (typeof body['max_tokens'] !== 'number') wrong('max_tokens must be a number');
  if (body['model'] !== undefined && typeof body['model'] !== 'string') wrong('model must be a text');
  return { name, body, betas, expect: expectation(expect, wrong) };
}
