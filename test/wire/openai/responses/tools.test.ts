import type { JsonObject } from '../../../../lambda/engine/json';
import { ask } from './ask';

const OBJECT = { type: 'object', properties: {} };

describe('tools', () => {
  const FUNCTION = { type: 'function', name: 'f', description: 'd', parameters: OBJECT, strict: true };
  test.each<[string, JsonObject, JsonObject, string]>([
    ['a function', FUNCTION, { name: 'f', description: 'd', input_schema: OBJECT, strict: true }, 'f'],
    ['a function without parameters', { type: 'function', name: 'f' }, { name: 'f', input_schema: OBJECT }, 'f'],
    [
      'a custom tool with a grammar',
      {
        type: 'custom',
        name: 'apply',
        description: 'd',
        format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' },
      },
      {
        name: 'apply',
        description: 'd\n\n`input` is text in this lark grammar:\nstart: "x"',
        input_schema: {
          type: 'object',
          properties: { input: { type: 'string' } },
          required: ['input'],
          additionalProperties: false,
        },
      },
      'apply',
    ],
    [
      'a namespace',
      { type: 'namespace', name: 'a.b', description: 'All.', tools: [FUNCTION] },
      { name: 'a_b__f', description: 'All.\n\nd', input_schema: OBJECT, strict: true },
      'a_b__f',
    ],
    ['a shell', { type: 'shell', environment: { type: 'local' } }, { name: 'shell' }, 'shell'],
    ['a local shell', { type: 'local_shell' }, { name: 'local_shell' }, 'local_shell'],
    ['patches', { type: 'apply_patch' }, { name: 'apply_patch' }, 'apply_patch'],
  ])('%s', (_kind, tool, expected, name) => {
    const { body, tools, dropped } = ask({ tools: [tool] });
    expect(body['tools']).toMatchObject([expected]);
    expect([...tools.keys()]).toEqual([name]);
    expect(dropped).toEqual([]);
  });

  const OTHER = { type: 'function', name: 'g' };
  test.each<[string, JsonObject, JsonObject | undefined, readonly string[]]>([
    ['auto', { tool_choice: 'auto' }, { type: 'auto' }, ['f', 'g']],
    [
      'required, one at a time',
      { tool_choice: 'required', parallel_tool_calls: false },
      { type: 'any', disable_parallel_tool_use: true },
      ['f', 'g'],
    ],
    ['none', { tool_choice: 'none' }, { type: 'none' }, ['f', 'g']],
    ['a function', { tool_choice: { type: 'function', name: 'g' } }, { type: 'tool', name: 'g' }, ['f', 'g']],
    [
      'allowed tools',
      { tool_choice: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'g' }] } },
      { type: 'any' },
      ['g'],
    ],
  ])('are chosen by %s', (_how, fields, choice, names) => {
    const { body } = ask({ tools: [FUNCTION, OTHER], ...fields });
    expect(body['tool_choice']).toEqual(choice);
    expect((body['tools'] as { name: string }[]).map(({ name }) => name)).toEqual(names);
  });
});
