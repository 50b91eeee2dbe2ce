/** What clients ask for. The answers' lengths follow from the request. */
export type Shape = 'stream' | 'whole' | 'tool';

const MESSAGE = (text: string): object => ({ max_tokens: 1024, messages: [{ role: 'user', content: text }] });

const BODIES: Readonly<Record<Shape, (text: string) => object>> = {
  stream: (text) => ({ ...MESSAGE(text), stream: true }),
  whole: MESSAGE,
  tool: (text) => ({
    ...MESSAGE(text),
    stream: true,
    tools: [{ name: 'look_up', input_schema: { type: 'object', properties: { word: { type: 'string' } } } }],
  }),
};

/** `number` makes each conversation another one. */
export function requestBody(shape: Shape, model: string, number: number): Uint8Array {
  return Buffer.from(JSON.stringify({ model, ...BODIES[shape](`Question ${number} sim:events=2`) }));
}
