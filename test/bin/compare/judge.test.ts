import { differencesOf } from '../../../bin/compare/check/differences';
import { judge } from '../../../bin/compare/check/judge';
import type { Answer } from '../../../bin/compare/answer';
import type { CompareRequest } from '../../../bin/compare/requests';
import { calls, given, request, WEATHER } from './given';

const TOOLS = { tools: [WEATHER] };
const FORMAT = {
  output_config: {
    format: {
      type: 'json_schema',
      schema: { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] },
    },
  },
};
const FAILED: Answer = { isGiven: false, why: '529 overloaded_error: Overloaded', trace: '', wholeMs: 12 };

function kinds(asked: CompareRequest, answer: Answer, reference: Answer): string[] {
  return differencesOf(judge(asked, answer, reference), answer).map(({ kind }) => kind);
}

test('the same answer has no difference', () => {
  expect(kinds(request(), given(), given())).toEqual([]);
});

test('the same tools in another order, with other arguments, are the same tools', () => {
  const answer = given(calls({ city: 'Rome' }, { city: 'Oslo' }));
  expect(judge(request(TOOLS), answer, given(calls({ city: 'Oslo' }, { city: 'Rome' })))).toMatchObject({
    sameTools: true,
    validity: 'valid',
  });
});

test('so are two tools that are called the other way round', () => {
  const tools = [WEATHER, { ...WEATHER, name: 'get_time' }];
  const content = tools.map(({ name }) => ({ type: 'tool_use', id: `toolu_${name}`, name, input: { city: 'Oslo' } }));
  const turned = given({ content: content.toReversed() });
  expect(judge(request({ tools }), turned, given({ content })).sameTools).toBe(true);
});

test('one call too few, and words in place of a call, are other tools', () => {
  const reference = given(calls({ city: 'Oslo' }, { city: 'Rome' }));
  expect(kinds(request(TOOLS), given(calls({ city: 'Oslo' })), reference)).toEqual(['other tools']);
  expect(kinds(request(TOOLS), given(), reference)).toEqual(['other tools', 'other stop reason']);
});

test('whoever fails does not call the same tools, and where none are offered nothing is said of tools', () => {
  expect(judge(request(TOOLS), FAILED, given()).sameTools).toBe(false);
  expect(judge(request(), FAILED, given()).sameTools).toBeUndefined();
  expect(kinds(request(TOOLS), FAILED, given())).toEqual(['no answer']);
});

test('a reference that has failed is nothing to compare with', () => {
  const judged = judge(request(TOOLS), given(calls({ city: 'Oslo' })), FAILED);
  expect(judged).toMatchObject({ sameTools: undefined, sameLanguage: undefined, lengthRatio: undefined });
});

test.each([
  ['an argument is missing', {}, 'call of get_weather'],
  ['an argument has another type', { city: 5 }, 'city'],
  ['there are no arguments at all', undefined, 'call of get_weather'],
])('arguments are held against the schema of their tool: %s', (_case, input, problem) => {
  const { validity, problems } = judge(request(TOOLS), given(calls(input)), undefined);
  expect(validity).toBe('invalid');
  expect(problems.join()).toContain(problem);
});

test('a call of a tool that the request does not have is invalid', () => {
  const answer = given({ content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_wether', input: {} }] });
  expect(judge(request(TOOLS), answer, undefined).problems).toEqual([
    'call of get_wether: there is no such tool in the request',
  ]);
});

test.each([
  ['{"age":34}', 'valid'],
  ['{"age":"34"}', 'invalid'],
  ['{"age":3', 'invalid'],
  ['```json\n{"age":34}\n```', 'invalid'],
])('structured output %s is %s', (text, validity) => {
  expect(judge(request(FORMAT), given({ text }), undefined).validity).toBe(validity);
});

test('a refusal in place of structured output is a refusal and no invalid output', () => {
  const answer = given({ text: '', stopReason: 'refusal' });
  expect(judge(request(FORMAT), answer, undefined)).toMatchObject({ refused: true, validity: 'nothing to check' });
  expect(kinds(request(FORMAT), answer, given({ text: '{"age":34}' }))).toEqual([
    'refusal differs',
    'other stop reason',
  ]);
});

test('another language, what was dropped and twice the length are seen', () => {
  const german = given({ text: 'Das ist die Antwort, und sie ist nicht auf Englisch, wie es sein sollte. '.repeat(4) });
  expect(kinds(request(), german, given())).toEqual(['other language', 'much longer']);
  expect(kinds(request(), given({ dropped: ['metadata'] }), given())).toEqual(['something dropped']);
});

test('what a request expects is checked without any reference', () => {
  const asked = request(TOOLS, { tools: ['get_weather'], language: 'de', maxSeconds: 1, stopReason: 'tool_use' });
  const { unmet } = judge(asked, given({ wholeMs: 1400 }), undefined);
  expect(unmet).toEqual(['calls of get_weather', 'language de', 'stop reason tool_use', 'the whole within 1 s']);
  expect(judge(asked, FAILED, undefined).unmet).toEqual(['an answer']);
  expect(judge(request(), given(), undefined).unmet).toBeUndefined();
});

test('the schema that a request expects is another one than that of its tool', () => {
  const asked = request({}, { schema: { const: { total: 216.9 } } });
  expect(judge(asked, given({ text: '{"total":216.9}' }), undefined).unmet).toEqual([]);
  expect(judge(asked, given({ text: '{"total":217}' }), undefined).unmet).toHaveLength(1);
});

test('a schema that cannot be used is said, and nothing breaks', () => {
  const tool = { ...WEATHER, input_schema: { $ref: '#/$defs/nowhere' } };
  const { problems } = judge(request({ tools: [tool] }), given(calls({ city: 'Oslo' })), undefined);
  expect(problems.join()).toContain('the schema itself cannot be used');
});
