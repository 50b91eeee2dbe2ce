/** What clients ask for. The answers' lengths follow from the request. */
export type RequestShape = 'stream' | 'whole' | 'tool';

const MESSAGE = (text: string): object => ({ max_tokens: 1024, messages: [{ role: 'user', content: text }] });

const BODIES: Readonly<Record<RequestShape, (text: string) => object>> = {
  stream: (text) => ({ ...MESSAGE(text), stream: true }),
  whole: MESSAGE,
  tool: (text) => ({
    ...MESSAGE(text),
    stream: true,
    tools: [{ name: 'look_up', input_schema: { type: 'object', properties: { word: { type: 'string' } } } }],
  }),
};

/** `number` makes each conversation another one; seventy tokens are asked for. */
export function requestBody(shape: RequestShape, model: string, number: number): Uint8Array {
  return Buffer.from(JSON.stringify({ model, ...BODIES[shape](`Question ${number} sim:bytes=280`) }));
}
